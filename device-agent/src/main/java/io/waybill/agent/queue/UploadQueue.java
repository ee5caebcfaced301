package io.waybill.agent.queue;

import io.waybill.agent.transfer.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The uploads that are not finished. What is durable of them are their manifests; this is only who
 * is next. One that cannot go on now stands aside with a wait of its own, and keeps nobody else
 * back. Used by one thread; time is given.
 */
public final class UploadQueue {

  private static final Backoff ASIDE = new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(5));

  private final int places;
  private final long ageingNanos;
  private final RandomGenerator random;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /**
   * An empty queue.
   *
   * @param places uploads that are open at once; so many more may be open when they are more urgent
   */
  public UploadQueue(int places, Duration ageing, RandomGenerator random) {
    this.places = places;
    this.ageingNanos = ageing.toNanos();
    this.random = random;
  }

  /** What an upload in the queue does. */
  public enum State {
    QUEUED,
    RUNNING,
    /** Tried again after a while. */
    ASIDE
  }

  /**
   * One upload, for people.
   *
   * @param why it stands aside; null when it does not
   * @param waitSeconds until it is tried again; 0 when it is not time that it waits for
   */
  public record Row(Ticket ticket, State state, @Nullable String why, long waitSeconds) {}

  private static final class Entry {
    private final Ticket ticket;
    private State state = State.QUEUED;
    private long since;
    private long notBefore;
    private int failures;
    private @Nullable String why;

    private Entry(Ticket ticket, long now) {
      this.ticket = ticket;
      this.since = now;
      this.notBefore = now;
    }
  }

  /** Takes an upload in, unless it is there. */
  public void add(Ticket ticket, long now) {
    entries.putIfAbsent(ticket.uploadId(), new Entry(ticket, now));
  }

  public boolean has(String uploadId) {
    return entries.containsKey(uploadId);
  }

  /** How many files of a watched directory are in uploads that are not finished. */
  public int filesOf(String watched) {
    return entries.values().stream()
        .filter(entry -> watched.equals(entry.ticket.watched()))
        .mapToInt(entry -> entry.ticket.files())
        .sum();
  }

  /**
   * The upload that may be opened now, if one may.
   *
   * @param held whether somebody wants an upload to rest
   */
  public Optional<Ticket> next(long now, Predicate<String> held) {
    Optional<Entry> first =
        entries.values().stream()
            .filter(entry -> entry.state != State.RUNNING && now - entry.notBefore >= 0)
            .sorted(Comparator.comparing(entry -> urgency(entry, now), UploadQueue::order))
            .filter(entry -> !held.test(entry.ticket.uploadId()))
            .findFirst();
    return first.filter(entry -> hasPlace(entry, now)).map(entry -> entry.ticket);
  }

  private static int order(Urgency one, Urgency other) {
    return one.equals(other) ? 0 : one.before(other) ? -1 : 1;
  }

  /** Those that are less urgent do not count: behind them nobody has to wait. */
  private boolean hasPlace(Entry candidate, long now) {
    long level = urgency(candidate, now).level();
    List<Entry> running =
        entries.values().stream().filter(entry -> entry.state == State.RUNNING).toList();
    return running.size() < 2 * places
        && running.stream().filter(entry -> entry.ticket.priority() >= level).count() < places;
  }

  private Urgency urgency(Entry entry, long now) {
    return Urgency.of(entry.ticket, now - entry.since, ageingNanos);
  }

  public void started(String uploadId) {
    Entry entry = entries.get(uploadId);
    if (entry != null) {
      entry.state = State.RUNNING;
    }
  }

  /** It has ended, whichever way; nothing is left to do. */
  public void finished(String uploadId) {
    entries.remove(uploadId);
  }

  /**
   * It cannot go on now.
   *
   * @param moved whether it came further before that
   */
  public void aside(String uploadId, String why, boolean moved, long now) {
    Entry entry = entries.get(uploadId);
    if (entry != null) {
      entry.failures = moved ? 1 : entry.failures + 1;
      entry.state = State.ASIDE;
      entry.why = why;
      entry.since = now;
      entry.notBefore = now + ASIDE.after(entry.failures, random).toNanos();
    }
  }

  /** Tries it at once. */
  public void retry(String uploadId, long now) {
    Entry entry = entries.get(uploadId);
    if (entry != null && entry.state == State.ASIDE) {
      entry.state = State.QUEUED;
      entry.failures = 0;
      entry.why = null;
      entry.notBefore = now;
    }
  }

  /** Whether somebody waits for nothing but a place. */
  public boolean anyReady(long now) {
    return entries.values().stream()
        .anyMatch(entry -> entry.state != State.RUNNING && now - entry.notBefore >= 0);
  }

  /** All of them, the most urgent first. */
  public List<Row> rows(long now) {
    List<Entry> all = new ArrayList<>(entries.values());
    all.sort(Comparator.comparing(entry -> urgency(entry, now), UploadQueue::order));
    return all.stream()
        .map(entry ->
            new Row(
                entry.ticket,
                entry.state,
                entry.why,
                Math.max(0, Duration.ofNanos(entry.notBefore - now).toSeconds())))
        .toList();
  }
}
