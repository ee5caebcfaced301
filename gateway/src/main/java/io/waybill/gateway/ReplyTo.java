package io.waybill.gateway;

import io.waybill.wire.Json;
import io.waybill.wire.Parsed;
import io.waybill.wire.RequestId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where and how one request wants its answer. It is stored with the intent of commands that call
 * storage, so that whoever finishes them can answer.
 *
 * @param correlationData base64 of the bytes to echo; null when there were none
 * @param protocolVersion of our envelopes; the broker translates between the versions of MQTT
 */
record ReplyTo(
    String topic,
    @Nullable String correlationData,
    int protocolVersion,
    @Nullable RequestId requestId,
    @Nullable String command) {

  private static final int PROTOCOL_VERSION = 1;

  static ReplyTo of(
      String topic,
      byte @Nullable [] correlationData,
      @Nullable RequestId requestId,
      @Nullable String command) {
    String encoded =
        correlationData == null ? null : Base64.getEncoder().encodeToString(correlationData);
    return new ReplyTo(topic, encoded, PROTOCOL_VERSION, requestId, command);
  }

  byte @Nullable [] correlationBytes() {
    return correlationData == null ? null : Base64.getDecoder().decode(correlationData);
  }

  /** As it is stored. */
  String toText() {
    return new String(Json.bytes(this), StandardCharsets.UTF_8);
  }

  /** Reads what was stored; empty when it is of a version that we do not speak. */
  static Optional<ReplyTo> read(String text) {
    return Json.read(text.getBytes(StandardCharsets.UTF_8), ReplyTo.class)
            instanceof Parsed.Read<ReplyTo>(ReplyTo reply)
        ? Optional.of(reply).filter(r -> r.protocolVersion == PROTOCOL_VERSION)
        : Optional.empty();
  }
}
