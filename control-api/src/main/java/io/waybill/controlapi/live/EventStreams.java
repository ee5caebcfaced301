package io.waybill.controlapi.live;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.waybill.controlapi.edge.HttpAnswer;
import io.waybill.core.ErrorCode;
import io.waybill.core.Outage;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Identity;
import io.waybill.core.delivery.StreamStore.Place;
import io.waybill.core.delivery.StreamStore.Stretch;
import io.waybill.core.delivery.usecase.FollowEvents;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every stream of this process, and the one thread that reads the outbox for them. */
public final class EventStreams implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EventStreams.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration SHORTEST = Duration.ofMillis(10);
  private static final int READERS_OF_THE_MISSED = 4;
  private static final int RETRY_AFTER_SECONDS = 30;

  /**
   * How many there may be, and what each holds.
   *
   * @param streams of this process
   * @param perCaller of one key, person or device
   * @param queue events that wait for a slow one before it is let go
   * @param heartbeat how often each says that it is there, and whoever asked is looked at anew
   */
  public record Sizes(int streams, int perCaller, int queue, Duration heartbeat) {
    public static final Sizes DEFAULT = new Sizes(1000, 20, 256, Duration.ofSeconds(15));

    public Sizes {
      if (streams < 1 || perCaller < 1 || queue < 1 || !heartbeat.isPositive()) {
        throw new IllegalArgumentException("Streams need room for one, and a heartbeat.");
      }
    }
  }

  private final FollowEvents events;
  private final Sizes sizes;
  private final Seats seats;
  private final Fanout fanout;
  private final Counter told;
  private final Counter cutOff;
  private final Semaphore news = new Semaphore(0);
  private final Semaphore missed = new Semaphore(READERS_OF_THE_MISSED);
  private final Thread reader = Thread.ofVirtual().name("event-reader").unstarted(this::read);
  private volatile boolean isClosed;

  public EventStreams(Sizes sizes, FollowEvents events, MeterRegistry registry) {
    this.sizes = sizes;
    this.events = events;
    this.seats = new Seats(sizes.streams(), sizes.perCaller());
    this.fanout = new Fanout(events);
    this.told = registry.counter("sse_events_sent");
    this.cutOff = registry.counter("sse_streams_cut_off");
    Gauge.builder("sse_streams", seats, Seats::taken).register(registry);
  }

  /** Begins to read as soon as somebody follows. */
  public EventStreams start() {
    reader.start();
    return this;
  }

  /** Opens a stream to whoever may follow; it is to be closed. */
  Verdict<HttpAnswer.Stream> open(EventStream.Asked asked) {
    return events
        .admit(asked.identity(), asked.projectId())
        .then(ok ->
            seats.take(asked.identity().id())
                ? Verdict.ok(new EventStream(this, events, asked, sizes.queue()))
                : Verdict.refused(
                    Refusal.of(
                            ErrorCode.RATE_LIMIT_EXCEEDED,
                            "too many streams are open; close one, or come again later")
                        .retryAfter(RETRY_AFTER_SECONDS)));
  }

  /** There may be something new. */
  public void wake() {
    if (news.availablePermits() == 0) {
      news.release();
    }
  }

  Duration heartbeat() {
    return sizes.heartbeat();
  }

  void join(Follower follower) {
    fanout.join(follower);
    wake();
  }

  void leave(Follower follower, Identity caller) {
    fanout.leave(follower);
    cutOff.increment(follower.isCutOff() ? 1 : 0);
    seats.leave(caller.id());
  }

  /** A page of what somebody has missed; so many are read at once, however many come. */
  Stretch missed(UUID tenantId, UUID projectId, Place place) throws InterruptedException {
    missed.acquire();
    try {
      return events.missed(tenantId, projectId, place);
    } finally {
      missed.release();
    }
  }

  void told(int number) {
    told.increment(number);
  }

  private void read() {
    Duration pause = SHORTEST;
    try {
      while (!isClosed) {
        Fanout.Look look = look();
        pause = look == Fanout.Look.HELD_BACK ? pause.multipliedBy(2) : SHORTEST;
        switch (look) {
          case NOBODY -> news.acquire();
          case NOTHING -> waitFor(POLL);
          case HELD_BACK -> waitFor(pause.compareTo(POLL) < 0 ? pause : POLL);
          case MORE -> {}
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Fanout.Look look() {
    try {
      return fanout.look();
    } catch (Outage e) {
      LOG.debug("follow events: the database is away; what happens meanwhile is told later", e);
    } catch (RuntimeException e) {
      LOG.error("follow events: a defect; what was to be told is read again", e);
    }
    return Fanout.Look.NOTHING;
  }

  private void waitFor(Duration pause) throws InterruptedException {
    if (news.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
      news.drainPermits();
    }
  }

  /** Ends every stream at once, and each that is asked for from now on. */
  @Override
  public void close() {
    isClosed = true;
    fanout.close();
    wake();
  }
}
