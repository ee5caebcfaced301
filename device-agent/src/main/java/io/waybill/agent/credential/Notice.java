package io.waybill.agent.credential;

import io.waybill.wire.Json;
import io.waybill.wire.Parsed;
import org.jspecify.annotations.Nullable;

/** The part that we read of an event that concerns this device. */
record Notice(@Nullable String type, @Nullable Data data) {

  private static final String ROTATING = "device.credential_rotating";

  record Data(@Nullable Integer credentialVersion) {}

  /** What is told of a new credential; null when it is something else. */
  static @Nullable Notice ofRotation(byte[] event) {
    return Json.read(event, Notice.class) instanceof Parsed.Read<Notice>(Notice told)
            && ROTATING.equals(told.type())
        ? told
        : null;
  }

  /** Of the new credential, where that is told. */
  @Nullable Integer version() {
    return data == null ? null : data.credentialVersion();
  }
}
