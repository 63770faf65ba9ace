using System.Diagnostics;

namespace HotDash.TestKit;

/// <summary>Programs as the build made them, in the configuration in which whoever asks was built.</summary>
public static class BuiltProgram
{
    /// <summary>What the build made of a project: <c>artifacts/bin/{project}/{configuration}/{project}.dll</c>.</summary>
    public static string PathOf(string project)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory);
        var folder = Path.Combine(configuration.Parent!.Parent!.FullName, project, configuration.Name);
        var program = Path.Combine(folder, project is "HotDash.Cli" ? "hotdash.dll" : $"{project}.dll");

        return File.Exists(program)
            ? program
            : throw new FileNotFoundException($"{project} was not built in the configuration {configuration.Name}: build the solution in it first.", program);
    }

    /// <summary>A process to be started in the program's own folder, where it finds its settings.</summary>
    /// <param name="environment">Whatever it must know: nothing secret belongs on a command line.</param>
    public static ProcessStartInfo Command(string project, IEnumerable<string> arguments, IEnumerable<(string Name, string Value)> environment)
    {
        var program = PathOf(project);
        var start = new ProcessStartInfo("dotnet", [program, .. arguments]) { WorkingDirectory = Path.GetDirectoryName(program) };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        return start;
    }
}
