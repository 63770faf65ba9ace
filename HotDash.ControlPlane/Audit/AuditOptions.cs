using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace HotDash.ControlPlane.Audit;

/// <summary>Where the signed checkpoints go. Without a key and a folder none are made. A class: a record would print the key.</summary>
public sealed class AuditOptions
{
    public const string Section = "Audit";
    public const string KeyVariable = "AUDIT_KEY";
    public const string FolderVariable = "AUDIT_FOLDER";

    private const int MinLength = 16;

    /// <summary>A checkpoint is due after so many entries…</summary>
    public int CheckpointRows { get; set; } = 100;

    /// <summary>…or so long after the last, if there were any.</summary>
    public TimeSpan CheckpointEvery { get; set; } = TimeSpan.FromSeconds(10);

    internal string? Key { get; private set; }

    internal string? Folder { get; private set; }

    internal void Read(IConfiguration configuration)
    {
        configuration.GetSection(Section).Bind(this);
        Key = configuration[KeyVariable] is { Length: > 0 } key ? key : null;
        Folder = configuration[FolderVariable] is { Length: > 0 } folder ? folder : null;
    }

    internal sealed class Check : IValidateOptions<AuditOptions>
    {
        public ValidateOptionsResult Validate(string? name, AuditOptions options) => options switch
        {
            { Key: null, Folder: not null } => Refuse($"{KeyVariable} is missing, but {FolderVariable} is set: set both, or neither."),
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
