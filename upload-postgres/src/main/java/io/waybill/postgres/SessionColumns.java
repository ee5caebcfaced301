package io.waybill.postgres;

import static java.util.stream.Collectors.joining;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The columns of {@code upload_sessions}: what {@link SessionRows} reads and writes, as SQL. */
final class SessionColumns {
  /** What never changes, with its types: a column definition for {@code jsonb_to_recordset}. */
  private static final Map<String, String> IDENTITY =
      columns(
          """
          id uuid, tenant_id uuid, project_id uuid, dataset_id uuid, task_id uuid, object_id uuid,
          source_device_id uuid, endpoint_ref text, bucket text, object_key text, file_size_bytes bigint,
          part_size_bytes bigint, original_filename text, content_type text, created_at timestamptz,
          checksum_mode checksum_mode, encryption_mode encryption_mode, kms_key_ref text,
          object_lock_mode object_lock_mode, object_lock_days integer, legal_hold boolean,
          copy_source jsonb\
          """);

  /** What a move can change. */
  private static final Map<String, String> STATE =
      columns(
          """
          status session_status, version bigint, attempt integer, updated_at timestamptz, expires_at timestamptz,
          due_at timestamptz, upload_id text, pause_reason text, paused_at timestamptz,
          completing_from session_status, lease_until timestamptz, missing_since timestamptz,
          object_size_bytes bigint, object_etag text, object_version_id text, object_checksums jsonb,
          completed_at timestamptz, checksum_sha256 text, part_list_sha256 text,
          abort_reason text, aborted_at timestamptz, abort_again_at timestamptz,
          last_error_code text, last_error_message text, last_error_at timestamptz\
          """);

  /** {@code id uuid, …, last_error_at timestamptz}. */
  static final String STATE_DEFINITIONS = definitions(STATE);

  static final String ALL_DEFINITIONS = definitions(IDENTITY) + ", " + STATE_DEFINITIONS;

  /** {@code status = m.status, …} for an UPDATE from {@code m}. */
  static final String SET_STATE =
      STATE.keySet().stream().map(c -> c + " = m." + c).collect(joining(", "));

  /** Column names, bare. */
  static final String ALL_NAMES =
      String.join(", ", IDENTITY.keySet()) + ", " + String.join(", ", STATE.keySet());

  /** {@code s.id as s_id, …}: for a SELECT from {@code upload_sessions s}; read with prefix s_. */
  static final String SELECT =
      Stream.concat(IDENTITY.keySet().stream(), STATE.keySet().stream())
          .map(c -> "s." + c + " as s_" + c)
          .collect(joining(", "));

  private SessionColumns() {}

  private static Map<String, String> columns(String definitions) {
    Map<String, String> columns = new LinkedHashMap<>();
    for (String definition : definitions.split(",", -1)) {
      List<String> words = List.of(definition.strip().split(" ", 2));
      columns.put(words.getFirst(), words.getLast());
    }
    return columns;
  }

  private static String definitions(Map<String, String> columns) {
    return columns.entrySet().stream()
        .map(c -> c.getKey() + " " + c.getValue())
        .collect(joining(", "));
  }
}
