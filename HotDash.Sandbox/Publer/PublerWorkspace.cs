using System.Globalization;
using System.Text.Json.Nodes;

using HotDash.Sandbox.Ledger;

namespace HotDash.Sandbox.Publer;

/// <summary>The workspace's posts and jobs. Jobs end when they are due, in the order in which they were accepted.</summary>
internal sealed class PublerWorkspace(PublerSettings settings, Ids ids, EffectLedger ledger, ViolationBook violations, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly List<Job> _jobs = [];
    private readonly List<Post> _posts = [];

    // A provider never gives an id twice, and those who call us remember ours for longer than we live: also the start belongs to an id.
    private readonly string _start = clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
    private int _made;

    public IReadOnlyList<Account> Accounts { get; } = PublerFolk.Accounts(ids);

    /// <returns>The id of the job that will make the posts, or none.</returns>
    public string Accept(Submission? submission, bool publish, string? traceParent)
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            var job = new Job(NewId("job"), now, now + settings.Lag, submission, publish, traceParent);
            _jobs.Add(job);
            ledger.Add("publer", now, "job.accepted", new()
            {
                ["jobId"] = job.Id,
                ["posts"] = submission?.Bulk.Posts.Count ?? 0,
                ["state"] = submission?.Bulk.State,
            }, traceParent);
            return job.Id;
        }
    }

    public Job? FindJob(string id)
    {
        Settle();
        lock (_gate)
            return _jobs.Find(job => job.Id == id);
    }

    public IReadOnlyList<Post> Posts()
    {
        Settle();
        lock (_gate)
            return [.. _posts];
    }

    /// <returns>The post as it was found; the change is applied only if it answers a post.</returns>
    public Post? Change(string id, Func<Post, Post?> change, string operation, string? traceParent)
    {
        Settle();
        lock (_gate)
        {
            var place = _posts.FindIndex(post => post.Id == id);
            if (place < 0)
                return null;

            var found = _posts[place];
            if (change(found) is not { } changed)
                return found;

            _posts[place] = changed;
            Note(clock.GetUtcNow(), operation, changed, traceParent);
            return found;
        }
    }

    public bool Delete(string id, string? traceParent)
    {
        Settle();
        lock (_gate)
        {
            if (_posts.Find(post => post.Id == id) is not { } found)
                return false;

            _posts.Remove(found);
            Note(clock.GetUtcNow(), "post.deleted", found, traceParent);
            return true;
        }
    }

    public void Settle()
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            foreach (var job in _jobs.Where(job => !job.IsDone && job.DueAt <= now))
                Finish(job);

            for (var i = 0; i < _posts.Count; i++)
            {
                if (_posts[i] is { State: "scheduled", ScheduledAt: { } time } && time <= now)
                    Note(time, "post.published", _posts[i] = _posts[i] with { State = "published" }, _posts[i].TraceParent);
            }
        }
    }

    public void Reset()
    {
        lock (_gate)
        {
            _jobs.Clear();
            _posts.Clear();
        }
    }

    private string NewId(string kind) => ids.Hex($"{kind} {_start}", _made++);

    private void Finish(Job job)
    {
        job.IsDone = true;
        foreach (var (post, target) in job.Submission?.Bulk.Posts.SelectMany(post => post.Accounts.Select(target => (post, target))) ?? [])
        {
            var account = Accounts.FirstOrDefault(known => known.Id == target.Id);
            if (PostRules.Check(job, post, target, account, settings.FailAccounts) is { } why)
                Fail(job, target, account, why);
            else
                Make(job, post, target, account!);
        }
    }

    private void Make(Job job, BulkPost bulk, Target target, Account account)
    {
        var content = bulk.Networks[account.Provider];
        var post = new Post(
            NewId("post"), content.Text ?? "", PostRules.StateOf(job), content.Type, account,
            PostRules.TimeOf(job, target), job.DueAt, job.Id, job.TraceParent);
        _posts.Add(post);
        Note(job.DueAt, post.State is "published" ? "post.published" : "post.created", post, job.TraceParent);
    }

    private void Fail(Job job, Target target, Account? account, string why)
    {
        job.Failures.Add(new(target.Id, account?.Name ?? "unknown", account?.Provider ?? "unknown", why));
        if (!settings.FailAccounts.ContainsKey(target.Id))
            violations.Add(new(job.DueAt, "publer", "JOB", job.Id, 422, why, job.TraceParent));
    }

    private void Note(DateTimeOffset at, string operation, Post post, string? traceParent) => ledger.Add("publer", at, operation, new JsonObject
    {
        ["postId"] = post.Id,
        ["jobId"] = post.JobId,
        ["accountId"] = post.Account.Id,
        ["text"] = post.Text,
        ["state"] = post.State,
        ["scheduledAt"] = post.ScheduledAt,
    }, traceParent);
}
