using HotDash.Sandbox.Supabase.Store;

namespace HotDash.Sandbox.Supabase.Query;

/// <summary>A filter in SQL's three-valued logic: null is unknown, and only true lets a row through.</summary>
internal abstract record Condition
{
    public abstract bool? Test(Row row);

    public sealed record Not(Condition Inner) : Condition
    {
        public override bool? Test(Row row) => !Inner.Test(row);
    }

    public sealed record All(IReadOnlyList<Condition> Parts) : Condition
    {
        public override bool? Test(Row row) => Parts.Aggregate((bool?)true, (sofar, part) => sofar & part.Test(row));
    }

    public sealed record Any(IReadOnlyList<Condition> Parts) : Condition
    {
        public override bool? Test(Row row) => Parts.Aggregate((bool?)false, (sofar, part) => sofar | part.Test(row));
    }

    public sealed record Compare(string Column, object Value, Func<int, bool> Holds) : Condition
    {
        public override bool? Test(Row row) => row[Column] is { } value ? Holds(Values.Compare(value, Value)) : null;
    }

    public sealed record In(string Column, IReadOnlyList<object> Choices) : Condition
    {
        public override bool? Test(Row row) => row[Column] is { } value ? Choices.Any(choice => Values.Compare(value, choice) is 0) : null;
    }

    public sealed record Like(string Column, string Pattern, bool IgnoreCase) : Condition
    {
        public override bool? Test(Row row) => row[Column] is { } value ? LikePattern.Matches($"{value}", Pattern, IgnoreCase) : null;
    }

    public sealed record IsNull(string Column) : Condition
    {
        public override bool? Test(Row row) => row[Column] is null;
    }
}
