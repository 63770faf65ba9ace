-- Grades go to the merchant's own table, too; those that are not there yet are found at once.
alter table approval_grades add column mirrored_at timestamptz;

create index approval_grades_to_mirror on approval_grades (at) where mirrored_at is null;
