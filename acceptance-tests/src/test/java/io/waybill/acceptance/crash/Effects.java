package io.waybill.acceptance.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Database;
import io.waybill.core.Verdict;
import io.waybill.wire.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a call has left in the database, without ids and times: two calls can be compared. */
final class Effects {
  /** Intents are written again by whoever takes them over; issued URLs are a fact each time. */
  private static final Set<String> REPEATABLE =
      Set.of("upload.complete_requested", "upload.abort_requested", "upload.presign_issued");

  private final Database database;

  Effects(Database database) {
    this.database = database;
  }

  /** Every row of the victim's task, in words. */
  List<String> rows(String name) {
    return database.texts(
        """
        with named as (select ?::text as name),
        task as (select t.* from upload_tasks t join named on t.task_name = name)
        select concat_ws(' ', '1 task', status, object_count, total_size_bytes, pending_count, uploading_count,
            paused_count, completing_count, completed_count, failed_count, cancelled_count)
          from task
        union all
        select concat_ws(' ', '2 object', o.ordinal, o.object_name, o.status, o.retry_count)
          from upload_objects o join task on o.task_id = task.id
        union all
        select concat_ws(' ', '3 session', row_number() over (order by s.id), s.status, s.file_size_bytes,
            s.object_size_bytes, s.abort_reason)
          from upload_sessions s join task on s.task_id = task.id
        union all
        select concat_ws(' ', '4 dataset', o.ordinal, d.status, d.object_size_bytes)
          from upload_objects o join task on o.task_id = task.id join datasets d on d.id = o.dataset_id
        union all
        select concat_ws(' ', '5 key', use_case, case when answer is null then 'open' else 'answered' end)
          from idempotency_records join named on key = name
        order by 1
        """,
        name);
  }

  /** How often each fact is in the timelines; facts that may be repeated count once. */
  Map<String, Long> facts(String name) {
    List<String> facts =
        database.texts(
            """
            with session as (
              select s.id from upload_sessions s join upload_tasks t on t.id = s.task_id where t.task_name = ?)
            select 'timeline ' || e.type from upload_events e join session on e.session_id = session.id
            union all
            select 'audit ' || a.action from audit_events a join session on a.resource_id = session.id
            union all
            select 'outbox ' || o.type from outbox_events o join session on o.aggregate_id = session.id
            union all
            select 'sequence ' || o.aggregate_id || ' ' || o.sequence
              from outbox_events o join session on o.aggregate_id = session.id
            """,
            name);
    Map<String, Long> timeline = counted(facts, "timeline ");
    Map<String, Long> outbox = counted(facts, "outbox ");
    assertThat(outbox).as("outbox and audit rows").isEqualTo(counted(facts, "audit "));
    assertThat(timeline).as("a fact for each change").containsAllEntriesOf(outbox);
    assertThat(counted(facts, "sequence ").values())
        .as("outbox rows of one number")
        .containsOnly(1L);
    REPEATABLE.forEach(type -> timeline.computeIfPresent(type, (same, count) -> 1L));
    return timeline;
  }

  private static Map<String, Long> counted(List<String> facts, String kind) {
    return facts.stream()
        .filter(fact -> fact.startsWith(kind))
        .map(fact -> fact.substring(kind.length()))
        .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
  }

  /** A session as the store must know it. */
  record Stored(String sessionId, String status, String key, String uploadId) {
    boolean isOpen() {
      return Set.of("INITIATED", "UPLOADING", "PAUSED").contains(status);
    }

    boolean canBeAborted() {
      return isOpen() || Set.of("INITIATING", "ABORTING", "EXPIRED").contains(status);
    }
  }

  List<Stored> sessions(String name) {
    return database
        .texts(
            """
            select concat_ws(' ', s.id, s.status, s.object_key, coalesce(s.upload_id, '-'))
            from upload_sessions s join upload_tasks t on t.id = s.task_id where t.task_name = ?
            """,
            name)
        .stream()
        .map(line -> line.split(" ", -1))
        .map(field -> new Stored(field[0], field[1], field[2], field[3]))
        .toList();
  }

  /** How many sessions there are that somebody must go on with. */
  long unfinished() {
    return database.count(
        "select count(*) from upload_sessions"
            + " where status in ('INITIATING', 'COMPLETING', 'ABORTING')");
  }

  /** Where the sessions stand that a worker will find, in the order in which it claims them. */
  List<String> due(Duration clockOffset) {
    return database.texts(
        "select status from upload_sessions where due_at <= now() + make_interval(secs => ?)"
            + " order by due_at",
        (double) clockOffset.toSeconds());
  }

  /** An answer without what differs from one call to the next. */
  static String answer(Verdict<?> verdict) {
    return text(verdict)
        .replaceAll("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}", "<id>")
        .replaceAll("\\d{4}-\\d{2}-\\d{2}T[0-9:.]+Z", "<time>")
        .replaceAll("/\\d{4}/\\d{2}/\\d{2}/", "/<day>/")
        .replaceAll("\"(expires_in_seconds|etag|signatures)\":[^,}]+", "\"$1\":<some>")
        .replaceAll("(uploadId|X-Amz-[A-Za-z]+)=[^&\"]+", "$1=<some>");
  }

  /** The answer as a client sees it. */
  static String text(Verdict<?> verdict) {
    return switch (verdict) {
      case Verdict.Ok<?>(Object value) -> new String(Json.bytes(value), StandardCharsets.UTF_8);
      case Verdict.Refused<?> refused -> throw new AssertionError("refused: " + refused);
    };
  }
}
