package io.waybill.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The statements of one request, read from the server's log, as a script for pgbench: prepared
 * once, and with new ids wherever the request made new ones.
 */
final class Replay {
  private static final Pattern ENTRY =
      Pattern.compile("^\\d{4}-\\d\\d-\\d\\d .*? (LOG|DETAIL):  (.*)");
  private static final Pattern EXECUTE = Pattern.compile("(?s)execute [^:]+: (.*)");
  private static final Pattern PARAMETER =
      Pattern.compile("\\$(\\d+) = (NULL|'(?:[^']|'')*')", Pattern.DOTALL);
  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private Replay() {}

  /** One statement as it was sent. */
  record Sent(String sql, Map<Integer, String> parameters) {}

  /** What the log says after an offset. */
  static List<Sent> read(Path log, long from) throws IOException {
    List<Sent> sent = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    boolean isDetail = false;
    for (String line : Files.readString(log).substring(Math.toIntExact(from)).lines().toList()) {
      Matcher entry = ENTRY.matcher(line);
      if (entry.matches()) {
        add(sent, text.toString(), isDetail);
        text.setLength(0);
        isDetail = entry.group(1).equals("DETAIL");
        text.append(entry.group(2));
      } else {
        text.append('\n').append(line.strip());
      }
    }
    add(sent, text.toString(), isDetail);
    return sent;
  }

  private static void add(List<Sent> sent, String text, boolean isDetail) {
    Matcher execute = EXECUTE.matcher(text);
    if (isDetail && !sent.isEmpty()) {
      Matcher parameter = PARAMETER.matcher(text);
      while (parameter.find()) {
        sent.getLast().parameters().put(Integer.parseInt(parameter.group(1)), parameter.group(2));
      }
    } else if (!isDetail && execute.matches()) {
      sent.add(new Sent(execute.group(1).strip(), new LinkedHashMap<>()));
    }
  }

  /**
   * The script; ids that are not known already are new in every run.
   *
   * @param number among those that one client runs: each prepares its statements once
   */
  static String script(List<Sent> statements, Set<String> known, int number) {
    Map<String, String> fresh = new LinkedHashMap<>();
    StringBuilder prepare = new StringBuilder();
    StringBuilder body = new StringBuilder();
    int statement = 0;
    String begin = "";
    for (Sent sent : statements) {
      if (sent.sql().equalsIgnoreCase("BEGIN")) {
        begin = "begin \\; ";
      } else if (sent.parameters().isEmpty()) {
        body.append(begin).append(oneLine(sent.sql())).append(";\n");
        begin = "";
      } else {
        String name = "s%d_%d".formatted(number, ++statement);
        prepare.append("prepare %s as %s;%n".formatted(name, oneLine(sent.sql())));
        List<String> values =
            sent.parameters().values().stream().map(v -> renewed(v, known, fresh)).toList();
        body.append(begin).append("execute %s(%s);%n".formatted(name, String.join(", ", values)));
        begin = "";
      }
    }
    StringBuilder ids = new StringBuilder();
    fresh
        .values()
        .forEach(id -> ids.append("\\set %s random(100000000000, 999999999999)%n".formatted(id)));
    String prepared = "prepared" + number;
    return "\\if :"
        + prepared
        + "\n\\else\n"
        + prepare
        + "\\set "
        + prepared
        + " 1\n\\endif\n"
        + ids
        + body;
  }

  private static String renewed(String value, Set<String> known, Map<String, String> fresh) {
    return UUID.matcher(value.replace('\n', ' '))
        .replaceAll(found ->
            known.contains(found.group())
                ? found.group()
                : found.group().substring(0, 24)
                    + ":"
                    + fresh.computeIfAbsent(found.group(), id -> "id" + fresh.size()));
  }

  private static String oneLine(String sql) {
    return sql.replaceAll("--[^\n]*", "").replaceAll("\\s+", " ");
  }
}
