package io.waybill.agent.command;

import io.waybill.agent.local.ByteText;
import io.waybill.agent.recording.Recordings;
import io.waybill.agent.recording.TimeRange;
import io.waybill.wire.DeviceNotice.Result;
import io.waybill.wire.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells what lies below the roots, so that somebody can choose what is worth the link. */
final class ListErrand {

  private static final int MOST_PATHS = 100;
  private static final int MOST_LISTED = 1000;
  private static final int USUALLY = 200;

  /** A result may have 64 KiB; some of it is not the list. */
  private static final int MOST_BYTES = 60 * 1024;

  /** What could not be read until then is told without its times. */
  private static final Duration TIMES_TAKE = Duration.ofSeconds(10);

  private final Roots roots;

  ListErrand(Roots roots) {
    this.roots = roots;
  }

  /** Lists what its paths mean; of a directory, what is in it; without paths, the roots. */
  Result list(Instruction asked) throws RefusedException, IOException {
    List<String> paths = asked.texts("paths", MOST_PATHS);
    int limit = asked.number("limit", 1, MOST_LISTED).orElse(USUALLY);
    Mounts mounts = Mounts.now();
    Walk walk = new Walk(roots, mounts, limit, entry -> true);
    for (String path : paths.isEmpty() ? wholeRoots() : paths) {
      walk.add(isDirectory(path, mounts) ? path + "/*" : path);
    }
    Map<Path, TimeRange> times = new Recordings().timesOf(files(walk), TIMES_TAKE);
    List<Map<String, Object>> files = new ArrayList<>();
    int bytes = 0;
    for (Walk.Entry entry : walk.found()) {
      Map<String, Object> told = told(entry, times.get(entry.path()));
      bytes += Json.bytes(told).length + 1;
      if (bytes > MOST_BYTES) {
        break;
      }
      files.add(told);
    }
    boolean isCut = walk.more() || files.size() < walk.found().size();
    return Errand.done(asked.commandId(), Map.of("files", files, "truncated", isCut));
  }

  private static List<Path> files(Walk walk) {
    return walk.found().stream()
        .filter(entry -> entry.attributes().isRegularFile())
        .map(Walk.Entry::path)
        .toList();
  }

  private List<String> wholeRoots() throws RefusedException {
    List<String> whole = roots.paths().stream().filter(ByteText::isWhole).toList();
    if (whole.isEmpty()) {
      roots.place("/"); // says that there are none
    }
    return whole;
  }

  private boolean isDirectory(String path, Mounts mounts) throws RefusedException {
    return !roots.place(path).isPattern()
        && new Walk(roots, mounts, 1, entry -> true)
            .add(path).stream().anyMatch(entry -> entry.attributes().isDirectory());
  }

  private static Map<String, Object> told(Walk.Entry entry, @Nullable TimeRange times) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("path", entry.name());
    told.put(
        "type",
        entry.attributes().isRegularFile()
            ? "file"
            : entry.attributes().isDirectory() ? "directory" : "other");
    told.put("size_bytes", entry.attributes().size());
    told.put("modified_at", entry.attributes().lastModifiedTime().toInstant().toString());
    if (times != null) {
      told.put("start_time", times.start().toString());
      told.put("end_time", times.end().toString());
    }
    return told;
  }
}
