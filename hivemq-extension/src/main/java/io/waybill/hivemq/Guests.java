package io.waybill.hivemq;

import com.hivemq.extension.sdk.api.packets.disconnect.DisconnectReasonCode;
import com.hivemq.extension.sdk.api.services.session.ClientService;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The devices that were let in. Whoever could not get in any more, because it was revoked, disabled
 * or its credential has ended, is shown out, and its Will is told.
 */
final class Guests {
  private static final Logger LOG = LoggerFactory.getLogger(Guests.class);

  /** Who was let in needs a moment to arrive; who is not there after this has left again. */
  private static final Duration ARRIVAL = Duration.ofMinutes(1);

  private final Devices devices;
  private final Executor askers;
  private final Map<String, Guest> guests = new ConcurrentHashMap<>();
  private volatile CompletableFuture<?> lastRound = CompletableFuture.completedFuture(null);

  private record Guest(Visitor visitor, long nanos) {
    boolean arrivedLongAgo() {
      return System.nanoTime() - nanos > ARRIVAL.toNanos();
    }
  }

  /** How many are asked about at once is a matter of the executor. */
  Guests(Devices devices, Executor askers) {
    this.devices = devices;
    this.askers = askers;
  }

  /** Another connection under the same client id takes over from the one before. */
  void letIn(Visitor visitor) {
    guests.put(visitor.clientId(), new Guest(visitor, System.nanoTime()));
  }

  /**
   * Begins to ask about everybody, unless the round before still does, and shows out who may not
   * stay. It waits for nothing: whoever calls it may be the only thread that the broker completes
   * our futures on. It throws nothing, because it would be the last round.
   */
  void round(ClientService clients) {
    if (!lastRound.isDone()) {
      return;
    }
    try {
      lastRound =
          CompletableFuture.allOf(
                  guests.values().stream()
                      .map(guest -> CompletableFuture.runAsync(() -> look(clients, guest), askers))
                      .toArray(CompletableFuture<?>[]::new))
              .exceptionally(failed -> {
                warn(failed);
                return null;
              });
    } catch (RuntimeException e) {
      warn(e);
    }
  }

  private static void warn(Throwable why) {
    LOG.warn("not everybody is shown out now, because the device registry cannot answer", why);
  }

  private void look(ClientService clients, Guest guest) {
    String clientId = guest.visitor().clientId();
    if (devices.rightsOf(guest.visitor()).isEmpty()) {
      showOut(clients, clientId, guest);
    } else if (guest.arrivedLongAgo()) {
      var unused =
          clients
              .isClientConnected(clientId)
              .thenAccept(isHere -> {
                if (!isHere) {
                  guests.remove(clientId, guest);
                }
              });
    }
  }

  private void showOut(ClientService clients, String clientId, Guest guest) {
    if (!guests.remove(clientId, guest)) {
      return; // somebody else has this name now
    }
    var unused =
        clients
            .disconnectClient(
                clientId, false, DisconnectReasonCode.NOT_AUTHORIZED, "no longer authorized")
            .whenComplete((wasThere, failed) -> {
              if (failed == null && wasThere) {
                LOG.info(
                    "device {} may not be here any more, its connection has ended",
                    guest.visitor().user());
              } else if (failed != null || !guest.arrivedLongAgo()) {
                // not ended now, or let in and not yet arrived: the next round finds it
                guests.putIfAbsent(clientId, guest);
              }
            });
  }
}
