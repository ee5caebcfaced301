package io.waybill.postgres;

import io.waybill.core.device.DeviceStatus;
import io.waybill.core.upload.SessionStatus;
import io.waybill.core.upload.Signs;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What lies beside a row of {@code upload_sessions s}: its device by primary key, and the end of
 * its timeline, of which no more is read however long it is.
 */
final class SignRows {
  static final String SELECT =
      """
      v.id as v_id, v.status as v_status, v.last_seen_at as v_last_seen_at,
        (v.online or (v.connection_id is null and v.last_seen_at is not null)) as v_online,
        coalesce(e.traces, '[]') as traces\
      """;

  static final String BESIDE_S =
      """
      left join devices v on v.id = s.source_device_id and v.status <> 'DELETED'
      left join lateral (
        select jsonb_agg(jsonb_build_object('type', l.type, 'at', l.occurred_at, 'actor', l.actor,
          'until', l.valid_until, 'details', l.details) order by l.id desc) as traces
        from (
          select distinct on (t.type) t.* from (
            select u.id, u.type, u.occurred_at, u.actor, u.valid_until, u.details from upload_events u
            where u.tenant_id = s.tenant_id and u.session_id = s.id order by u.id desc limit {tail}) t
          order by t.type, t.id desc) l
        ) e on s.status in ({states})
      """
          .replace("{tail}", Integer.toString(Signs.TAIL))
          .replace("{states}", states());

  private SignRows() {}

  private static String states() {
    return Stream.of(SessionStatus.values())
        .filter(Signs::leavesTraces)
        .map(status -> "'" + status + "'")
        .collect(Collectors.joining(", "));
  }

  /** Reads what {@link #SELECT} has selected. */
  static Signs signs(Row row) {
    return new Signs(source(row.of("v_")), List.copyOf(row.list("traces", Signs.Trace.class)));
  }

  private static Signs.@Nullable Source source(Row row) {
    return row.isNull("id")
        ? null
        : new Signs.Source(
            row.symbol("status", DeviceStatus.class),
            row.flag("online"),
            row.timeOrNull("last_seen_at"));
  }
}
