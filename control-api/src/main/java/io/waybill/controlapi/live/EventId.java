package io.waybill.controlapi.live;

import io.waybill.core.delivery.StreamStore.Place;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * How far somebody has followed a project, as an opaque text: an event's {@code id}. The check sum
 * binds it to its project: it is no secret, as every stream is authorized anew; it tells a damaged
 * or foreign one from a good one.
 *
 * @param time when it was written, or when its event happened: cut to seconds
 */
record EventId(Place place, Instant time) {

  private static final int BYTES = Long.BYTES * 2 + Integer.BYTES * 2;

  String write(UUID tenantId, UUID projectId) {
    ByteBuffer bytes =
        ByteBuffer.allocate(BYTES)
            .putLong(place.xid())
            .putLong(place.position())
            .putInt((int) time.getEpochSecond())
            .putInt(checksum(tenantId, projectId));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /** Null when it is none of this project. */
  static @Nullable EventId read(UUID tenantId, UUID projectId, String text) {
    ByteBuffer bytes;
    try {
      bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      return null;
    }
    if (bytes.remaining() != BYTES) {
      return null;
    }
    Place place = new Place(bytes.getLong(), bytes.getLong());
    EventId id = new EventId(place, Instant.ofEpochSecond(Integer.toUnsignedLong(bytes.getInt())));
    return bytes.getInt() == id.checksum(tenantId, projectId) ? id : null;
  }

  private int checksum(UUID tenantId, UUID projectId) {
    String all =
        "%s/%s/%d/%d/%d"
            .formatted(tenantId, projectId, place.xid(), place.position(), time.getEpochSecond());
    CRC32 sum = new CRC32();
    sum.update(all.getBytes(StandardCharsets.US_ASCII));
    return (int) sum.getValue();
  }
}
