using System.Reflection;
using HotDash.ControlPlane.Approvals;
using HotDash.Integrations;

namespace HotDash.ControlPlane.Tests.Approvals;

/// <summary>Whoever wants to carry out a guarded operation needs an <see cref="ApprovedAction"/>, and only the ledger makes one.</summary>
public sealed class GuardedSurfaceTests
{
    private const byte Call = 0x28;
    private const byte NewObject = 0x73;
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [Fact]
    public void An_approved_action_cannot_be_made_from_outside()
    {
        Assert.Empty(typeof(ApprovedAction).GetConstructors());
        Assert.True(typeof(ApprovedAction).IsSealed);
        Assert.DoesNotContain(Types().Where(type => type.IsVisible).SelectMany(type => type.GetMethods(All & ~BindingFlags.NonPublic)), method => Gives(method.ReturnType));
    }

    [Fact]
    public void In_our_own_code_nobody_but_the_ledger_makes_one() =>
        Assert.Equal([nameof(ApprovalLedger)], Callers(typeof(ApprovedAction).GetConstructors(All), NewObject));

    [Fact]
    public void Its_bytes_are_taken_where_they_are_put_into_the_request_or_into_the_post_that_is_released() =>
        Assert.Equal(["ApprovedPosts", "ProviderRequest"], Callers([typeof(ApprovedAction).GetMethod("TakeBytes", All)!], Call, 0x6F).Order(StringComparer.Ordinal));

    /// <summary>The compiled bodies of all our methods, those of async ones and lambdas too, searched for an instruction with one of the targets.</summary>
    private static IEnumerable<string> Callers(IReadOnlyList<MethodBase> targets, params byte[] instructions) => Types()
        .Where(type => type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All)).Any(method => Uses(method, targets, instructions)))
        .Select(type => Outermost(type).Name).Distinct();

    private static bool Uses(MethodBase method, IReadOnlyList<MethodBase> targets, byte[] instructions)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } code)
            return false;

        for (var at = 0; at + 5 <= code.Length; at++)
        {
            if (instructions.Contains(code[at]) && targets.Contains(Resolve(method, BitConverter.ToInt32(code, at + 1))))
                return true;
        }

        return false;
    }

    /// <returns>Null where the bytes were no token after all.</returns>
    private static MethodBase? Resolve(MethodBase method, int token)
    {
        const int MethodDefinition = 0x06;
        const int MemberReference = 0x0A;
        try
        {
            return token >> 24 is MethodDefinition or MemberReference
                ? method.Module.ResolveMethod(token, method.DeclaringType!.GetGenericArguments(), method.IsGenericMethod ? method.GetGenericArguments() : null)
                : null;
        }
        catch (Exception e) when (e is ArgumentException or BadImageFormatException or MissingMemberException or TypeLoadException)
        {
            return null;
        }
    }

    private static Type[] Types() => [.. typeof(IGuardedOperation).Assembly.GetTypes(), .. typeof(ApprovalLedger).Assembly.GetTypes()];

    private static bool Gives(Type type) => type == typeof(ApprovedAction) || type.GetGenericArguments().Any(Gives);

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}
