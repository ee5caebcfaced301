package io.waybill.postgres;

import static io.waybill.postgres.FactRows.INSERTS_OF_WINNERS;
import static io.waybill.postgres.FactRows.INSERTS_WITH_READY;
import static java.util.stream.Collectors.toUnmodifiableMap;

import io.waybill.core.event.Facts;
import io.waybill.core.upload.ReadyNews;
import io.waybill.core.upload.TaskStatus;
import io.waybill.core.upload.Transition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Moves of sessions on their way into the database, with everything that moves with them. */
final class SessionMoves {
  private final Db db;
  private final Written written;

  SessionMoves(Db db, Written written) {
    this.db = db;
    this.written = written;
  }

  // Locks in the order of the house: session → object → dataset → task. An object moves only when
  // the session is
  // its current one, and what it moves from is a function of the session's own state: the version
  // guards both.
  private static final Sql APPLY = applying("sessions.apply", "jsonb_to_recordset");

  // The same for one, which is nearly always: the planner takes a record for one row, and a record
  // set for a hundred, for which it would rather read a small table through.
  private static final Sql APPLY_ONE = applying("sessions.apply_one", "jsonb_to_record");

  // The same for one whose object stays as it is, and with it dataset and task: to make ready for
  // three tables that nothing is written to would be a seventh of what a create costs the server.
  private static final Sql APPLY_TO_SESSION =
      sql(
          "sessions.apply_to_session",
          "jsonb_to_record",
          """
          with {won}, {facts}
          select won.id, won.task_id, null as task_ended, null as ready_name, null as ready_version from won
          """,
          INSERTS_OF_WINNERS);

  private static Sql applying(String name, String reader) {
    return sql(
        name,
        reader,
        """
        with {won}, moved as (
          update upload_objects o set status = w.object_after
          from won w where o.id = w.object_id and o.session_id = w.id and w.object_before <> w.object_after
          returning w.*
        ), followed as (
          update datasets d set version = d.version + 1, updated_at = w.updated_at,
            status = case when w.dataset_after = 'READY' and d.validation_status <> 'NOT_REQUIRED'
              then 'PROCESSING' else w.dataset_after end,
            ready_at = case when w.dataset_after = 'READY' and d.validation_status = 'NOT_REQUIRED'
              then w.updated_at end,
            validation_status = case when w.dataset_after = 'READY' and d.validation_status = 'NOT_REQUIRED'
              and w.checksum_mode = 'SERVER_ASYNC_VALIDATE' then 'PENDING' else d.validation_status end,
            object_size_bytes = w.object_size_bytes, object_etag = w.object_etag,
            object_version_id = w.object_version_id,
            recovery_status = case when w.object_etag is null then d.recovery_status else 'NORMAL' end
          from moved w where d.id = w.dataset_id and d.object_key = w.object_key
            and d.status in ('CREATED', 'UPLOAD_PENDING', 'UPLOADING', 'PAUSED', 'PROCESSING')
            and d.status <> w.dataset_after
          returning d.id, d.name, d.version, d.status
        ), counted as (
          update upload_tasks t set {count}
          from (select w.task_id, max(w.updated_at) as updated_at, {deltas} from moved w group by w.task_id) c
          where t.id = c.task_id
          returning t.id, t.status::text as status, {before} as status_before
        ), {facts}
        select won.id, won.task_id, case when t.status <> t.status_before
            and t.status in ('COMPLETED', 'FAILED', 'CANCELLED') then t.status end as task_ended,
          d.name as ready_name, d.version as ready_version
        from won left join counted t on t.id = won.task_id
          left join followed d on d.id = won.dataset_id and d.status = 'READY'
        """,
        INSERTS_WITH_READY);
  }

  private static final String WON =
      """
      moves as (
        select * from {reader}(:moves) as m(before_version bigint, object_before object_status,
          object_after object_status, dataset_after dataset_status, id uuid, {definitions})
      ), won as (
        update upload_sessions s set {set}, claimed_until = null
        from moves m where s.id = m.id and s.version = m.before_version
        returning s.id, s.object_id, s.task_id, s.dataset_id, s.object_key, s.updated_at, s.object_size_bytes, s.object_etag,
          s.object_version_id, s.checksum_mode, m.object_before, m.object_after, m.dataset_after
      )\
      """;

  private static Sql sql(String name, String reader, String text, String facts) {
    return Sql.of(
        name,
        text.replace("{won}", WON)
            .replace("{reader}", reader)
            .replace("{definitions}", SessionColumns.STATE_DEFINITIONS)
            .replace("{set}", SessionColumns.SET_STATE)
            .replace("{count}", TaskCounters.SET)
            .replace("{deltas}", TaskCounters.DELTAS)
            .replace("{before}", TaskCounters.STATUS_BEFORE)
            .replace("{facts}", facts));
  }

  /** Writes them; the ids of those that won. */
  Set<UUID> write(List<Transition> transitions) {
    // Rows are locked in the order given: the same everywhere.
    List<Transition> ordered = new ArrayList<>(transitions);
    ordered.sort(Comparator.comparing(move -> move.after().upload().sessionId()));
    FactRows facts = new FactRows();
    List<Map<String, @Nullable Object>> moves = new ArrayList<>();
    for (Transition move : ordered) {
      moves.add(row(move));
      facts.add(move);
    }
    Sql.Call call =
        moves.size() == 1
            ? applyingOne(ordered.getFirst()).with("moves", Json.write(moves.getFirst()))
            : APPLY.with("moves", Json.write(moves));
    List<Won> rows = db.all(facts.bind(call), Won::of);
    written.ended(endedTasks(rows));
    Map<UUID, Won> won = rows.stream().collect(toUnmodifiableMap(Won::sessionId, row -> row));
    for (Transition move : ordered) {
      Won row = won.get(move.after().upload().sessionId());
      if (row != null) {
        written.add(row.told(move));
      }
    }
    return won.keySet();
  }

  private static Sql applyingOne(Transition move) {
    return move.objectBefore() == move.objectAfter() ? APPLY_TO_SESSION : APPLY_ONE;
  }

  /**
   * A session that was written.
   *
   * @param taskEnded the status in which its task ended by this; null while it goes on
   * @param readyName the name of its dataset, where this has made it READY; else null
   */
  private record Won(
      UUID sessionId,
      UUID taskId,
      @Nullable TaskStatus taskEnded,
      @Nullable String readyName,
      long readyVersion) {

    static Won of(Row row) {
      return new Won(
          row.id("id"),
          row.id("task_id"),
          row.isNull("task_ended") ? null : row.symbol("task_ended", TaskStatus.class),
          row.textOrNull("ready_name"),
          row.isNull("ready_version") ? 0 : row.number("ready_version"));
    }

    /** The facts of its move, and that its dataset is READY. */
    Facts told(Transition move) {
      ReadyNews ready = move.ready();
      return ready == null || readyName == null
          ? move.facts()
          : move.facts().and(Facts.of(ready.of(readyName, readyVersion)));
    }
  }

  /** One per task, however many of its sessions were written. */
  private static Collection<TaskStatus> endedTasks(List<Won> rows) {
    Map<UUID, TaskStatus> ended = new LinkedHashMap<>();
    for (Won row : rows) {
      if (row.taskEnded() != null) {
        ended.put(row.taskId(), row.taskEnded());
      }
    }
    return ended.values();
  }

  private static Map<String, @Nullable Object> row(Transition move) {
    Map<String, @Nullable Object> row = SessionRows.state(move.after());
    row.put("id", move.after().upload().sessionId());
    row.put("before_version", move.before().upload().version());
    row.put("object_before", move.objectBefore());
    row.put("object_after", move.objectAfter());
    row.put("dataset_after", move.after().status().ofDataset(false));
    return row;
  }
}
