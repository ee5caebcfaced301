package io.waybill.agent.config;

import io.waybill.agent.config.WatchEntry.AfterUpload;
import io.waybill.agent.config.WatchEntry.Group;
import io.waybill.agent.config.WatchEntry.Settle;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Reads {@code watch:}. */
final class WatchEntries {

  private static final Duration SETTLE_FOR = Duration.ofSeconds(10);
  private static final String MARKER = ".done";

  private final String name;
  private final Tree.Table table;
  private final BiFunction<String, Tree, String> where;

  private WatchEntries(String name, Tree.Table table, BiFunction<String, Tree, String> where) {
    this.name = name;
    this.table = table;
    this.where = where;
  }

  /**
   * Reads them all.
   *
   * @param where in words, from a name and what stands there
   */
  static List<WatchEntry> read(Tree tree, BiFunction<String, Tree, String> where) {
    List<WatchEntry> entries = new ArrayList<>();
    Map<Path, Integer> seen = new HashMap<>();
    List<Tree> items = tree instanceof Tree.Items list ? list.items() : List.of(tree);
    for (Tree item : items) {
      String name = "watch[" + (entries.size() + 1) + "]";
      if (!(item instanceof Tree.Table table)) {
        throw new ConfigException(where.apply(name, item) + " has keys: " + WatchKey.all());
      }
      WatchEntry entry = new WatchEntries(name, table, where).entry();
      Integer other = seen.put(entry.directory(), entries.size() + 1);
      if (other != null) {
        throw new ConfigException(
            where.apply(name, item) + ": watch[" + other + "] has the same directory");
      }
      entries.add(entry);
    }
    return entries;
  }

  private WatchEntry entry() {
    known();
    Given directory =
        one(WatchKey.DIRECTORY)
            .orElseThrow(
                () -> new ConfigException(where.apply(name, table) + " needs a directory"));
    WatchEntry entry =
        new WatchEntry(
            absolute(directory),
            globs(WatchKey.INCLUDE),
            globs(WatchKey.EXCLUDE),
            one(WatchKey.PROJECT).map(WatchEntries::uuid).orElse(null),
            one(WatchKey.GROUP).map(given -> given.oneOf(Group.class)).orElse(Group.FILE),
            settle(),
            one(WatchKey.SETTLE_FOR).map(Amounts::span).orElse(SETTLE_FOR),
            one(WatchKey.MARKER).map(this::marker).orElse(MARKER),
            one(WatchKey.PRIORITY)
                .map(given -> given.number(0, WatchEntry.MOST_PRIORITY))
                .orElse(WatchEntry.DEFAULT_PRIORITY),
            one(WatchKey.AFTER_UPLOAD)
                .map(given -> given.oneOf(AfterUpload.class))
                .orElse(AfterUpload.KEEP),
            one(WatchKey.MOVE_TO).map(WatchEntries::absolute).orElse(null),
            one(WatchKey.KEEP_FOR).map(Amounts::span).orElse(Duration.ZERO),
            one(WatchKey.MAX_LOCAL_BYTES).map(Amounts::bytes).orElse(null));
    agrees(entry);
    return entry;
  }

  private void known() {
    table
        .entries()
        .forEach((key, value) -> {
          if (Arrays.stream(WatchKey.values()).noneMatch(known -> known.text().equals(key))) {
            throw new ConfigException(
                where.apply(name + "." + key, value)
                    + " is not known; there are: "
                    + WatchKey.all());
          }
        });
  }

  /** What cannot be true together. */
  private void agrees(WatchEntry entry) {
    boolean moves = entry.afterUpload() == AfterUpload.MOVE;
    if (moves != (entry.moveTo() != null)) {
      throw wrong(WatchKey.MOVE_TO, "is where files go with after_upload: move, and only then");
    }
    if (moves && entry.maxLocalBytes() != null) {
      throw wrong(WatchKey.MAX_LOCAL_BYTES, "is not for files that are moved");
    }
    if (entry.afterUpload() == AfterUpload.KEEP && !entry.keepFor().isZero()) {
      throw wrong(WatchKey.KEEP_FOR, "goes with after_upload: delete or move");
    }
    if (entry.group() == Group.MARKER && entry.settle() != Settle.MARKER) {
      throw wrong(WatchKey.SETTLE, "is marker where markers make the groups");
    }
  }

  private ConfigException wrong(WatchKey key, String why) {
    Tree at = table.entries().getOrDefault(key.text(), table);
    return new ConfigException(where.apply(name + "." + key.text(), at) + " " + why);
  }

  private Settle settle() {
    boolean byMarker =
        one(WatchKey.GROUP).filter(group -> group.text().equals("marker")).isPresent();
    return one(WatchKey.SETTLE)
        .map(given -> given.oneOf(Settle.class))
        .orElse(byMarker ? Settle.MARKER : Settle.AGE);
  }

  private String marker(Given given) {
    if (given.text().contains("/")) {
      throw given.not("is the end of a name, such as .done");
    }
    return given.text();
  }

  private static UUID uuid(Given given) {
    try {
      return UUID.fromString(given.text());
    } catch (IllegalArgumentException e) {
      throw given.not("is a UUID");
    }
  }

  private static Path absolute(Given given) {
    if (!given.text().startsWith("/") && !given.text().startsWith("file:///")) {
      throw given.not("is an absolute path");
    }
    return Settings.path(given);
  }

  private List<String> globs(WatchKey key) {
    Tree value = table.entries().get(key.text());
    if (value == null || value.empty()) {
      return List.of();
    }
    List<Tree> items = value instanceof Tree.Items list ? list.items() : List.of(value);
    return items.stream().map(item -> scalar(key, item).text()).toList();
  }

  private Optional<Given> one(WatchKey key) {
    @Nullable Tree value = table.entries().get(key.text());
    return value == null || value.empty() ? Optional.empty() : Optional.of(scalar(key, value));
  }

  private Given scalar(WatchKey key, Tree value) {
    String place = where.apply(name + "." + key.text(), value);
    if (value instanceof Tree.Text(String text, int line)) {
      return new Given(text, place);
    }
    throw new ConfigException(place + " is one value, not several");
  }
}
