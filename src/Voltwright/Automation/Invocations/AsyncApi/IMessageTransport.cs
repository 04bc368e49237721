namespace Voltwright.Automation.Invocations.AsyncApi;

/// <summary>Carries messages by one protocol.</summary>
internal interface IMessageTransport
{
    /// <param name="idempotencyKey">Travels with the message where the protocol has a place for it.</param>
    Task PublishAsync(AsyncTarget target, AsyncMessage message, string idempotencyKey, CancellationToken cancellation);

    /// <summary>Completes when the other side ends the subscription.</summary>
    Task SubscribeAsync(AsyncTarget target, Action<AsyncMessage> received, CancellationToken cancellation);
}
