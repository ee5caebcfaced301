package io.waybill.controlapi.live;

import io.waybill.core.delivery.StreamStore.Place;
import io.waybill.core.delivery.StreamStore.Placed;
import io.waybill.core.event.OutboxEvent;
import io.waybill.doors.CloudEvents;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Writes what one stream says, as the HTML standard has it (9.2, server-sent events). An id without
 * data is no event: it only says from where a client goes on.
 */
final class Frames {

  private static final int RETRY_MILLIS = 2000;

  // The longer a piece, the longer its reader may take: who takes nothing is found out soon.
  private static final int PIECE_BYTES = 8 << 10;

  private final OutputStream out;
  private final UUID tenantId;
  private final UUID projectId;

  Frames(OutputStream out, UUID tenantId, UUID projectId) {
    this.out = out;
    this.tenantId = tenantId;
    this.projectId = projectId;
  }

  void begin(Place place, Instant now) throws IOException {
    write("retry: " + RETRY_MILLIS + "\n" + id(place, now) + "\n");
  }

  /** What was told before is no part of what follows: whoever keeps a picture draws it anew. */
  void reset(String reason, Place place, Instant now) throws IOException {
    write(
        "retry: %d\n%sevent: reset\ndata: {\"reason\":\"%s\"}\n\n"
            .formatted(RETRY_MILLIS, id(place, now), reason));
  }

  void heartbeat(Place place, Instant now) throws IOException {
    write(": heartbeat\n" + id(place, now) + "\n");
  }

  void events(List<Placed> events) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Placed one : events) {
      OutboxEvent event = one.event();
      all.writeBytes(bytes(id(one.place(), event.occurredAt())));
      all.writeBytes(bytes("event: " + event.type() + "\ndata: "));
      all.writeBytes(CloudEvents.of(event).encode());
      all.writeBytes(bytes("\n\n"));
    }
    write(all.toByteArray());
  }

  private String id(Place place, Instant time) {
    return "id: " + new EventId(place, time).write(tenantId, projectId) + "\n";
  }

  private void write(String text) throws IOException {
    write(bytes(text));
  }

  private void write(byte[] bytes) throws IOException {
    for (int sent = 0; sent < bytes.length; sent += PIECE_BYTES) {
      out.write(bytes, sent, Math.min(PIECE_BYTES, bytes.length - sent));
    }
    out.flush();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
