namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that comes from outside: configuration, or generated once and kept.</summary>
public class ParameterResource : Resource, IExpressionValue
{
    private readonly Lazy<string> _value;

    public ParameterResource(string name, Func<ParameterDefault?, string> callback, bool secret = false)
        : base(name)
    {
        Secret = secret;
        _value = new(() => callback(Default));
    }

    public bool Secret { get; }

    public ParameterDefault? Default { get; set; }

    public string ValueExpression => $"{{{Name}.value}}";

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => new(_value.Value);
}

/// <summary>Where a parameter's value comes from when nobody set it.</summary>
public abstract class ParameterDefault
{
    public abstract string GetDefaultValue();
}
