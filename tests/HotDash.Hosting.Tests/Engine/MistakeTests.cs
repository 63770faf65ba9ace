using System.Net;
using System.Net.Sockets;

namespace HotDash.Hosting.Tests.Engine;

/// <summary>A mistake ends the AppHost with one sentence that says what to do, and an exit code that is not 0.</summary>
public sealed class MistakeTests
{
    [Fact]
    public async Task A_fixed_port_that_is_taken()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        var sentence = await RunAsync($"--Sample:Port={port}");

        Assert.Equal($"Port {port} of 'forever' is taken: stop what listens there, or give 'forever' another port (0 = any free one).", sentence);
    }

    [Fact]
    public async Task A_parameter_without_a_value()
    {
        var sentence = await RunAsync("--Sample:Parameter=shop-name");

        Assert.Equal(
            "The parameter 'shop-name' has no value: set it in the environment as Parameters__shop_name or in configuration as Parameters:shop-name.",
            sentence);
    }

    [Theory]
    [InlineData("forever", "There are two resources named 'forever': rename one of them.")]
    [InlineData("a--b", "The resource name 'a--b' is invalid: use 1 to 64 ASCII letters, digits and single dashes, starting with a letter and not ending with a dash.")]
    public async Task A_name_that_cannot_be(string name, string expected)
    {
        var sentence = await RunAsync($"--Sample:Twin={name}");

        Assert.Equal(expected, sentence);
    }

    private static async Task<string> RunAsync(string argument)
    {
        using var sample = new SampleAppHost(argument);

        var (exitCode, errors) = await sample.WaitForExitAsync();

        Assert.NotEqual(0, exitCode);
        await sample.WaitUntilNothingIsLeftAsync();
        return errors.TrimEnd();
    }
}
