using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace HotDash.ControlPlane.Audit;

/// <summary>Where the signed checkpoints go. Without a key and a folder none are made. A class: a record would print the key.</summary>
public sealed class AuditOptions
{
    public const string Section = "Audit";
    public const string KeyVariable = "AUDIT_KEY";
    public const string PublicKeyVariable = "AUDIT_PUBLIC_KEY";
    public const string FolderVariable = "AUDIT_FOLDER";

    private const int MinLength = 16;

    /// <summary>A checkpoint is due after so many entries…</summary>
    public int CheckpointRows { get; set; } = 100;

    /// <summary>…or so long after the last, if there were any.</summary>
    public TimeSpan CheckpointEvery { get; set; } = TimeSpan.FromSeconds(10);

    internal string? Key { get; private set; }

    /// <summary>Instead of <see cref="Key"/>, for who only verifies and should not be able to sign.</summary>
    internal string? PublicKey { get; private set; }

    internal string? Folder { get; private set; }

    internal void Read(IConfiguration configuration)
    {
        configuration.GetSection(Section).Bind(this);
        (Key, PublicKey, Folder) = (Text(configuration, KeyVariable), Text(configuration, PublicKeyVariable), Text(configuration, FolderVariable));
    }

    /// <returns>Null when there is none.</returns>
    internal CheckpointKey? OpenKey() => (Key, PublicKey) switch
    {
        ({ } secret, _) => new(secret),
        (_, { } known) => CheckpointKey.TryReadPublic(known),
        _ => null,
    };

    private static string? Text(IConfiguration configuration, string variable) => configuration[variable] is { Length: > 0 } text ? text : null;

    internal sealed class Check : IValidateOptions<AuditOptions>
    {
        public ValidateOptionsResult Validate(string? name, AuditOptions options) => options switch
        {
            { Key: not null, PublicKey: not null } => Refuse($"{KeyVariable} and {PublicKeyVariable} are set: who signs needs the first, who only verifies the second."),
            { PublicKey: { } known } when CheckpointKey.TryReadPublic(known) is null => Refuse($"{PublicKeyVariable} is no public key: take that of 'hotdash audit verify --json'."),
            { PublicKey: not null, Folder: null } => Refuse($"{FolderVariable} is missing, but {PublicKeyVariable} is set: set both, or neither."),
            { Key: null, PublicKey: null, Folder: not null } => Refuse($"{KeyVariable} is missing, but {FolderVariable} is set: set both, or neither."),
            { Key: not null, Folder: null } => Refuse($"{FolderVariable} is missing, but {KeyVariable} is set: set both, or neither."),
            { Key.Length: < MinLength } => Refuse($"{KeyVariable} is shorter than {MinLength} characters: set it to one long random text, kept from whoever runs the database."),
            { Folder: { } folder } when !Path.IsPathFullyQualified(folder) => Refuse($"{FolderVariable} must be the full path of a folder outside the database."),
            { CheckpointRows: < 1 } => Refuse("Audit:CheckpointRows must be at least 1."),
            { CheckpointEvery: var every } when every < TimeSpan.FromSeconds(1) || every > TimeSpan.FromDays(1) => Refuse("Audit:CheckpointEvery must be from a second to a day."),
            _ => ValidateOptionsResult.Success,
        };

        private static ValidateOptionsResult Refuse(string why) => ValidateOptionsResult.Fail(why);
    }
}
