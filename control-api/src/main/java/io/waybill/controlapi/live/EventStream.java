package io.waybill.controlapi.live;

import io.waybill.controlapi.edge.HttpAnswer;
import io.waybill.core.Outage;
import io.waybill.core.Verdict;
import io.waybill.core.access.Identity;
import io.waybill.core.delivery.StreamStore.Place;
import io.waybill.core.delivery.StreamStore.Placed;
import io.waybill.core.delivery.StreamStore.Stretch;
import io.waybill.core.delivery.usecase.FollowEvents;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One stream, on the thread of its request: what was missed, read by itself, and then what the one
 * reader gives. Between two events it holds nothing but its thread and its connection.
 */
final class EventStream implements HttpAnswer.Stream {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /**
   * What was asked for.
   *
   * @param lastId null where nobody has followed before
   * @param again finds out anew who asks
   */
  record Asked(
      Identity identity,
      UUID projectId,
      @Nullable String lastId,
      Supplier<Verdict<Identity>> again) {}

  private final EventStreams streams;
  private final FollowEvents events;
  private final Asked asked;
  private final UUID tenantId;
  private final Follower follower;

  EventStream(EventStreams streams, FollowEvents events, Asked asked, int queue) {
    this.streams = streams;
    this.events = events;
    this.asked = asked;
    this.tenantId = asked.identity().tenantId();
    this.follower = new Follower(asked.projectId(), asked.identity(), queue);
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    Frames frames = new Frames(out, tenantId, asked.projectId());
    try {
      Place begun = begin(frames);
      if (begun != null) {
        follow(frames, begun);
      }
    } catch (Outage e) {
      // Nothing can be read, nor can it be asked who may: the client comes again, and is told so.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The place up to which everything is told; null when it ends before it has begun. */
  private @Nullable Place begin(Frames frames) throws IOException, InterruptedException {
    EventId last =
        asked.lastId() == null ? null : EventId.read(tenantId, asked.projectId(), asked.lastId());
    String reset = asked.lastId() == null ? null : whyNot(last);
    Place told = null;
    if (last != null && reset == null) {
      told = tell(frames, last.place(), null);
    }
    streams.join(follower);
    Place live = follower.beginWithin(PATIENCE);
    if (live == null) {
      return null;
    }
    if (told != null) {
      tell(frames, told, live);
    }
    Place begun = told != null && told.isAfter(live) ? told : live;
    if (reset != null) {
      frames.reset(reset, begun, events.now());
    } else {
      frames.begin(begun, events.now());
    }
    return begun;
  }

  /** Why one does not go on from here; null when one does. */
  private @Nullable String whyNot(@Nullable EventId last) {
    if (last == null || last.place().isAfter(events.end())) {
      return "unknown";
    }
    return last.time().isBefore(events.now().minus(FollowEvents.KEPT)) ? "too_old" : null;
  }

  /**
   * Tells what came after a place, page by page.
   *
   * @param until null for all that there is
   * @return how far it was told
   */
  private Place tell(Frames frames, Place from, @Nullable Place until)
      throws IOException, InterruptedException {
    Place place = from;
    while (until == null || until.isAfter(place)) {
      Stretch page = streams.missed(tenantId, asked.projectId(), place);
      List<Placed> shown =
          page.events().stream()
              .filter(one -> until == null || !one.place().isAfter(until))
              .filter(one -> events.shows(follower.identity(), one.event()))
              .toList();
      if (!shown.isEmpty()) {
        frames.events(shown);
        streams.told(shown.size());
      }
      place = page.end();
      if (!page.hasMore()) {
        break;
      }
    }
    return place;
  }

  private void follow(Frames frames, Place begun) throws IOException, InterruptedException {
    Duration period = streams.heartbeat();
    long next = System.nanoTime() + period.toNanos();
    while (true) {
      Follower.Taken taken = follower.take(Duration.ofNanos(next - System.nanoTime()));
      List<Placed> fresh =
          taken.events().stream().filter(one -> one.place().isAfter(begun)).toList();
      if (!fresh.isEmpty()) {
        frames.events(fresh);
        streams.told(fresh.size());
      }
      if (taken.end() != null) {
        return;
      }
      if (System.nanoTime() - next >= 0) {
        if (!mayStillFollow()) {
          return;
        }
        Place passed = taken.passed();
        frames.heartbeat(passed.isAfter(begun) ? passed : begun, events.now());
        next = System.nanoTime() + period.toNanos();
      }
    }
  }

  private boolean mayStillFollow() {
    return switch (asked.again().get()) {
      case Verdict.Ok<Identity>(Identity identity) -> {
        follower.become(identity);
        yield events.admit(identity, asked.projectId()) instanceof Verdict.Ok;
      }
      case Verdict.Refused<Identity> _ -> false;
    };
  }

  @Override
  public void close() {
    streams.leave(follower, asked.identity());
  }
}
