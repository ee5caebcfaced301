package io.waybill.core.webhook;

import io.waybill.core.event.OutboxEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Brings events to endpoints, which are strangers: they may be slow, endless, or somebody whom we
 * must not talk to. Both methods wait for a stranger, ten seconds at most: nothing that others need
 * is held meanwhile.
 */
public interface Courier {

  /** Why nothing may be brought to this URL, and what would be right; empty when it may. */
  Optional<String> objection(String url);

  /** One try. Throws nothing for what strangers do. */
  Reply bring(Parcel parcel);

  /**
   * One event for one endpoint.
   *
   * @param secrets what it is signed with, one or two; never written anywhere
   * @param at when it is sent
   */
  record Parcel(String url, OutboxEvent event, List<byte[]> secrets, Instant at) {
    public Parcel {
      secrets = List.copyOf(secrets);
    }

    /** Says nothing of the URL, which may hold a secret of the tenant, nor of ours. */
    @Override
    public String toString() {
      return "Parcel[" + event.type() + " " + event.eventId() + "]";
    }
  }

  /**
   * What came of it.
   *
   * @param status of the answer; null when there was none
   * @param millis how long it took, the resolution of the name included
   * @param error what was wrong, without the URL; null when the endpoint has it, which is any 2xx
   */
  record Reply(@Nullable Integer status, long millis, @Nullable String error) {

    /** Whether the endpoint wants nothing any more. */
    public boolean isGone() {
      return status != null && status == 410;
    }
  }
}
