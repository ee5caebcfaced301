package io.waybill.wire;

import org.jspecify.annotations.Nullable;

/**
 * One message of a device, understood or not. The request id is null only when none could be read;
 * {@code commandName} is what the device called its command, also when nobody knows it.
 */
public record Request(
    @Nullable RequestId id,
    @Nullable String commandName,
    @Nullable String idempotencyKey,
    @Nullable Integer maxResponseBytes,
    Command command) {

  /** The request id as text: how it is logged, compared and remembered. */
  public @Nullable String requestId() {
    return id == null ? null : id.text();
  }

  /** A request as a device makes it. */
  public static Request of(String requestId, @Nullable String idempotencyKey, Command command) {
    return new Request(
        RequestId.of(requestId),
        command.wireName().map(Command.Name::toString).orElse(null),
        idempotencyKey,
        null,
        command);
  }
}
