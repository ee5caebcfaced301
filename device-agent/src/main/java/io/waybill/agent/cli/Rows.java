package io.waybill.agent.cli;

import io.waybill.agent.listing.Kind;
import io.waybill.agent.local.Shown;
import io.waybill.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Prints rows of a list as they come. */
interface Rows {

  void row(JsonNode row);

  /**
   * Says that there are no more.
   *
   * @param complete whether these were all
   */
  void end(boolean complete);

  /** One document: the rows as the API has them, and whether they are all. */
  final class AsJson implements Rows {
    private final Terminal terminal;
    private final Kind kind;
    private boolean begun;

    AsJson(Terminal terminal, Kind kind) {
      this.terminal = terminal;
      this.kind = kind;
    }

    @Override
    public void row(JsonNode row) {
      begin();
      terminal.out().print(Shown.json(new String(Json.bytes(row), StandardCharsets.UTF_8)));
    }

    private void begin() {
      terminal.out().print(begun ? ",\n" : "{\"" + kind.field() + "\":[");
      begun = true;
    }

    @Override
    public void end(boolean complete) {
      if (!begun) {
        begin();
      }
      terminal.out().println("],\"complete\":" + complete + "}");
    }
  }

  /** A line for each: its id, its state, its size, its name. */
  final class AsLines implements Rows {
    private final Terminal terminal;
    private final Kind kind;

    AsLines(Terminal terminal, Kind kind) {
      this.terminal = terminal;
      this.kind = kind;
    }

    @Override
    public void row(JsonNode row) {
      terminal.print(
          switch (kind) {
            case Kind.Projects all ->
                line(text(row, "project_id"), text(row, "status"), "", text(row, "name"));
            case Kind.Tasks tasks ->
                line(
                    text(row, "task_id"),
                    text(row, "status"),
                    share(row, "uploaded_size_bytes", "total_size_bytes")
                        + String.format(
                            Locale.ROOT, "  %9s", files(row.path("object_count").asInt())),
                    text(row, "created_at") + "  " + text(row, "task_name"));
            case Kind.Datasets datasets ->
                line(
                    text(row, "dataset_id"),
                    text(row, "status"),
                    size(row, "file_size_bytes"),
                    text(row, "created_at") + "  " + text(row, "name"));
            case Kind.Files files ->
                line(
                    text(row, "dataset_id"),
                    text(row, "status"),
                    share(row, "uploaded_size_bytes", "file_size_bytes"),
                    text(row, "object_name"));
          });
    }

    @Override
    public void end(boolean complete) {
      // a line says nothing of the others
    }

    private static String line(String id, String status, String numbers, String name) {
      return String.format(Locale.ROOT, "%s  %-11s %s  %s", id, status, numbers, name);
    }

    private static String files(int count) {
      return Human.count(count, "file");
    }

    private static String share(JsonNode row, String done, String of) {
      long all = row.path(of).asLong();
      long percent = row.path(done).asLong() * 100 / Math.max(1, all);
      return String.format(Locale.ROOT, "%3d %%  %9s", percent, Human.bytes(all));
    }

    private static String size(JsonNode row, String field) {
      return String.format(Locale.ROOT, "%9s", Human.bytes(row.path(field).asLong()));
    }

    private static String text(JsonNode row, String field) {
      JsonNode value = row.path(field);
      return value.isString() ? value.stringValue() : "-";
    }
  }
}
