using System.Net;
using Microsoft.AspNetCore.Http.Features;
using Voltwright.Server.Auth;

namespace Voltwright.Server.Hosting;

/// <summary>
/// Sends requests through the server's own pipeline without a socket. Routing, authorisation and errors are those of the
/// network; the caller is the workflow identity, told by a feature that no request from outside can carry.
/// </summary>
internal sealed class InProcessHandler(InProcessPipeline pipeline) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = new InProcessResponse();
        var body = new MemoryStream();
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(await ToFeatureAsync(request, cancellationToken));
        features.Set<IHttpRequestBodyDetectionFeature>(new BodyDetection(request.Content is not null));
        features.Set<IHttpResponseFeature>(response);
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(body));
        features.Set<IHttpRequestLifetimeFeature>(new HttpRequestLifetimeFeature { RequestAborted = cancellationToken });
        features.Set(WorkflowCaller.Instance);

        await pipeline.RunAsync(features, cancellationToken).WaitAsync(cancellationToken);
        await response.StartAsync();
        await response.CompleteAsync();
        return ToMessage(request, response, body);
    }

    private static async Task<HttpRequestFeature> ToFeatureAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        var uri = request.RequestUri!;
        var feature = new HttpRequestFeature
        {
            Protocol = "HTTP/1.1",
            Scheme = uri.Scheme,
            Method = request.Method.Method,
            Path = Uri.UnescapeDataString(uri.AbsolutePath),
            QueryString = uri.Query,
            RawTarget = uri.PathAndQuery,
        };
        feature.Headers.Host = uri.Authority;
        foreach (var (name, values) in request.Headers.NonValidated)
            feature.Headers.Append(name, values.ToArray());
        if (request.Content is { } content)
        {
            foreach (var (name, values) in content.Headers.NonValidated)
                feature.Headers.Append(name, values.ToArray());
            feature.Body = await content.ReadAsStreamAsync(cancellation);
        }

        // The side door has its own identity: what a workflow sends as credentials is for others.
        feature.Headers.Remove("Authorization");
        return feature;
    }

    private static HttpResponseMessage ToMessage(HttpRequestMessage request, InProcessResponse response, MemoryStream body)
    {
        body.Position = 0;
        var message = new HttpResponseMessage((HttpStatusCode)response.StatusCode);
        (message.RequestMessage, message.Content) = (request, new StreamContent(body));
        foreach (var (name, values) in response.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
                message.Content.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }

        return message;
    }

    private sealed class BodyDetection(bool canHaveBody) : IHttpRequestBodyDetectionFeature
    {
        public bool CanHaveBody => canHaveBody;
    }
}
