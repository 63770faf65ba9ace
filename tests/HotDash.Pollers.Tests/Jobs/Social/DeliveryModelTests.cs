using System.Globalization;
using HotDash.ControlPlane.Jobs;
using HotDash.ControlPlane.Social;
using HotDash.TestKit;

namespace HotDash.Pollers.Tests.Jobs.Social;

/// <summary>
/// Workers that die, freeze, lose answers and meet lookalikes, in an order that the seed decides. Whatever the order: every post
/// that was accepted exists at Publer exactly once, and nothing else does.
/// </summary>
public sealed class DeliveryModelTests(PostgresFixture postgres)
{
    private static readonly Fate[] Fates =
        [Fate.Delivered, Fate.Delivered, Fate.Delivered, Fate.Delivered, Fate.AnswerLost, Fate.AnswerLost, Fate.Dropped, Fate.Refused, Fate.Limited, Fate.Unavailable];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, int.TryParse(Environment.GetEnvironmentVariable("HOTDASH_TEST_SEEDS"), CultureInfo.InvariantCulture, out var seeds) ? seeds : 4)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Every_accepted_post_exists_exactly_once(int seed)
    {
        var options = new SocialOptions { MaxTries = 100, LookUpLimit = TimeSpan.FromDays(7), TrackLimit = TimeSpan.FromDays(1) };
        await using var world = await SocialWorld.CreateAsync(postgres, options);
        var model = new Model(world, options, new Random(seed));

        await model.StormAsync(steps: 250);
        await model.CalmAsync();

        Assert.Equal(model.Expected, world.Publer.Posts.Select(post => (post.AccountId, post.Text)).Order());
        foreach (var jobId in model.Accepted)
            Assert.Equal("complete", (await world.PostAsync(jobId)).Status);
    }

    private sealed class Model
    {
        private readonly SocialWorld _world;
        private readonly Random _random;
        private readonly List<Pending> _pending = [];
        private readonly List<(string, string)> _expected = [];
        private readonly List<(DateTimeOffset At, FakeCall Call)> _lateEffects = [];
        private TaskCompletionSource _arrived = New();
        private bool _calm;

        public Model(SocialWorld world, SocialOptions options, Random random)
        {
            (_world, _random) = (world, random);
            world.Publer.OnCall = ArriveAsync;
            world.Publer.Lag = () => Between(TimeSpan.Zero, options.CreationLag);
            world.Publer.Skew = Between(-options.ClockSkew, options.ClockSkew);
            world.Publer.SaysCreatedAt = random.Next(3) > 0;
        }

        public List<string> Accepted { get; } = [];

        public IEnumerable<(string, string)> Expected => _expected.Order();

        public async Task StormAsync(int steps)
        {
            for (var step = 0; step < steps; step++)
            {
                await (_random.Next(12) switch
                {
                    0 => AcceptAsync(),
                    1 or 2 or 3 => PassAsync(Between(TimeSpan.Zero, TimeSpan.FromSeconds(30))),
                    4 or 5 or 6 or 7 when _pending.Count > 0 => EndAsync(_pending[_random.Next(_pending.Count)]),
                    _ => StartAsync(),
                });
            }
        }

        /// <summary>Nothing fails any more: whatever is still open must come to its end.</summary>
        public async Task CalmAsync()
        {
            while (_pending.Count > 0)
                await EndAsync(_pending[0]);

            _calm = true;
            await PassAsync(TimeSpan.FromMinutes(1));
            await _world.RunForAsync(TimeSpan.FromHours(2));
        }

        private async Task AcceptAsync()
        {
            var text = $"Text {_random.Next(6)}";
            var accounts = SocialWorld.Accounts.Where(_ => _random.Next(2) == 0).DefaultIfEmpty("acc-1").ToArray();
            var scheduledAt = _random.Next(4) == 0 ? _world.Now.AddDays(_random.Next(1, 3)) : (DateTimeOffset?)null;

            Accepted.Add((await _world.AcceptAsync(text, scheduledAt, accounts)).JobId!);
            _expected.AddRange(accounts.Select(account => (account, text)));
        }

        /// <summary>A worker takes a job and runs it up to its first call.</summary>
        private async Task StartAsync()
        {
            if (_pending.Count < 4 && await _world.ClaimAsync() is { } job)
                await ContinueAsync(Task.Run(() => RunAsync(job)));
        }

        private async Task RunAsync(ClaimedJob job)
        {
            try
            {
                await _world.RunAsync(job);
            }
            catch (WorkerDiedException)
            {
            }
        }

        private async Task ContinueAsync(Task run)
        {
            await Task.WhenAny(run, _arrived.Task);
            if (run.IsCompleted)
                await run;
            else
                _pending[^1].Run = run;

            _arrived = New();
        }

        private Task<Fate> ArriveAsync(FakeCall call)
        {
            if (_calm)
                return Task.FromResult(Fate.Delivered);

            var pending = new Pending(call, _world.Now);
            _pending.Add(pending);
            _arrived.SetResult();
            return pending.Ended.Task;
        }

        /// <summary>The call ends in some way; its worker goes on, freezes for a while, or dies.</summary>
        private async Task EndAsync(Pending pending)
        {
            switch (_random.Next(12))
            {
                case 0 when pending.Call.IsSubmission && !pending.IsFrozen: // the worker dies; its call may still arrive
                    _pending.Remove(pending);
                    if (_random.Next(2) == 0)
                        _lateEffects.Add((pending.At + Between(_world.Now - pending.At, _world.AttemptTimeout), pending.Call));
                    pending.Ended.SetException(new WorkerDiedException());
                    break;
                case 1 when pending.Call.IsSubmission && !pending.IsFrozen: // Publer has it, but the worker learns that much later
                    _world.Publer.Take(pending.Call);
                    pending.IsFrozen = true;
                    return;
                default:
                    _pending.Remove(pending);
                    pending.Ended.SetResult(pending.IsFrozen ? Fate.Dropped : Fates[_random.Next(Fates.Length)]);
                    break;
            }

            await ContinueAsync(pending.Run!);
        }

        /// <summary>A call never outlives its time-out.</summary>
        private async Task PassAsync(TimeSpan time)
        {
            foreach (var pending in _pending.Where(call => !call.IsFrozen && _world.Now + time - call.At > _world.AttemptTimeout).ToList())
                await EndAsync(pending);

            foreach (var late in _lateEffects.Where(effect => effect.At <= _world.Now + time).OrderBy(effect => effect.At).ToList())
            {
                _lateEffects.Remove(late);
                _world.Publer.Take(late.Call);
            }

            await _world.PassAsync(time);
        }

        private TimeSpan Between(TimeSpan least, TimeSpan most) => least + ((most - least) * _random.NextDouble());

        private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

        private sealed class Pending(FakeCall call, DateTimeOffset at)
        {
            public FakeCall Call => call;

            public DateTimeOffset At => at;

            public bool IsFrozen { get; set; }

            public Task? Run { get; set; }

            public TaskCompletionSource<Fate> Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
