using System.Globalization;

namespace HotDash.ControlPlane.Tests.Approvals;

public sealed class ApprovalFuzzTests
{
    [Fact]
    public void In_10000_random_interleavings_nothing_unapproved_is_sent_nothing_twice_and_nothing_is_lost()
    {
        var sent = 0;
        for (var seed = 0; seed < 10_000; seed++)
        {
            var life = new ApprovalLife(seed);
            for (var step = 0; step < 60; step++)
                life.Step();
            life.RunOut();

            Assert.True(life.Flaw is null, string.Create(CultureInfo.InvariantCulture, $"seed {seed}: {life.Flaw}"));
            sent += life.Effects;
        }

        Assert.InRange(sent, 3000, 9000); // else the walks are not worth much
    }
}
