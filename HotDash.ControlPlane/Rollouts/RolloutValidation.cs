using HotDash.ControlPlane.Flags;
using HotDash.ControlPlane.Registry;
using HotDash.Integrations;

namespace HotDash.ControlPlane.Rollouts;

/// <summary>One thing that a rollout needs.</summary>
/// <param name="Ok">Null: there is nothing to say of it.</param>
public sealed record ValidationStep(string Check, bool? Ok, string Detail);

/// <summary>Looks whether a flag can be rolled out. A rollout does not start while something is wrong.</summary>
public sealed class RolloutValidation
{
    private readonly FlagReads _flags;
    private readonly FlagBoard _board;
    private readonly IntegrationRegistry _registry;
    private readonly ContractResults _contracts;
    private readonly FlagVariables _variables;

    internal RolloutValidation(FlagReads flags, FlagBoard board, FlagVariables variables, IntegrationRegistry registry, ContractResults contracts) =>
        (_flags, _board, _variables, _registry, _contracts) = (flags, board, variables, registry, contracts);

    public async Task<IReadOnlyList<ValidationStep>> RunAsync(string name, CancellationToken ct)
    {
        var flag = await _flags.FindAsync(name, ct);
        var views = (await _registry.AllAsync(ct)).Where(view => view.Options.Flag == name).ToList();
        List<ValidationStep> steps = [Exists(name, flag), Environment(name), Registered(name, views)];
        foreach (var view in views)
            steps.AddRange([Credentials(view), Health(view, name), await ContractAsync(view.Key, ct)]);

        return [.. steps, Target(flag, views)];
    }

    private ValidationStep Exists(string name, Flags.Flag? flag) => new("flag", flag is { Killed: false }, flag switch
    {
        null => $"There is no flag {name}: make it first.",
        { Killed: true } => $"{name} is killed: unkill it first.",
        { Enabled: null } when _variables.Otherwise(name) => $"{name} is on for all, by the settings: disable it first to begin with few.",
        _ => $"{name} is {(flag.Enabled is true ? $"on for {flag.EffectivePercent}" : "off")}.",
    });

    private ValidationStep Environment(string name) => _board.Snapshot.Find(name)?.Variable is { } variable
        ? new("environment", false, $"{variable.Name} decides, whatever the rollout says: take the variable away.")
        : new("environment", true, "No variable decides in its place.");

    private static ValidationStep Registered(string name, List<IntegrationView> views) => (views, IntegrationFlags.Find(name)) switch
    {
        ([], null) => new("integration", null, "It switches no integration."),
        ([], _) => new("integration", false, $"The integration that {name} switches is not registered here."),
        _ => new("integration", true, $"It switches {string.Join(" and ", views.Select(view => view.Key))}."),
    };

    private static ValidationStep Credentials(IntegrationView view) => view.Options.MissingCredentials is []
        ? new($"credentials of {view.Key}", true, "All are set.")
        : new($"credentials of {view.Key}", false, $"{string.Join(" and ", view.Options.MissingCredentials)} not set.");

    private static ValidationStep Health(IntegrationView view, string flag) => RolloutIntegrations.IsOurs(view.Pause, flag)
        ? new($"health of {view.Key}", null, $"{view.Key} was disconnected by a rollback: starting connects it again.")
        : new(
            $"health of {view.Key}",
            view.Standing.Status is IntegrationStatus.Disabled or IntegrationStatus.Connecting ? null : !RolloutHealth.IsBad(view),
            $"{RolloutHealth.Say(view)}.");

    private async Task<ValidationStep> ContractAsync(string key, CancellationToken ct) => await _contracts.FindAsync(key, ct) is { } result
        ? new($"contract suite of {key}", result.Failed == 0, $"{result.Passed} passed and {result.Failed} failed, of build {result.Build}.")
        : new($"contract suite of {key}", null, $"Nobody has told of a result: hotdash rollouts contract {key} --passed … --failed … --build …");

    private static ValidationStep Target(Flags.Flag? flag, List<IntegrationView> views) => flag switch
    {
        null => new("rollback target", false, "Without a flag there is nothing to go back to."),
        { Monotone: true } => new("rollback target", true, "Off: the flag is monotone, so a lower percentage would take nobody out."),
        _ when views is not [] => new("rollback target", true, $"Off, and {string.Join(" and ", views.Select(view => view.Key))} disconnected."),
        _ => new("rollback target", true, "The last stage that was left in good health, else off."),
    };
}
