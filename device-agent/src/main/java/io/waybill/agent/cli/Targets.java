package io.waybill.agent.cli;

import io.waybill.agent.download.Dataset;
import io.waybill.agent.download.SafeName;
import io.waybill.agent.local.LocalPath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where datasets go on this machine. */
final class Targets {

  private static final int MARK = 8;

  private Targets() {}

  /** One dataset: the path itself, or a name of its own in the folder. */
  static Map<Dataset, Path> of(@Nullable String output, Dataset dataset) {
    if (output == null || output.endsWith("/") || Files.isDirectory(path(output))) {
      return of(output, List.of(dataset));
    }
    return Map.of(dataset, path(output));
  }

  /**
   * The files of a task in a folder. Two of the same name are told apart by their ids, and always
   * in the same way: the next run finds them.
   */
  static Map<Dataset, Path> of(@Nullable String output, List<Dataset> datasets) {
    Path folder = path(output == null ? "." : output);
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new UsageException(
          LocalPath.text(folder) + " is a file; a task needs a folder (-o FOLDER)");
    }
    Set<String> twice = repeated(datasets);
    Map<Dataset, Path> targets = new LinkedHashMap<>();
    for (Dataset dataset : datasets) {
      String name = dataset.localName();
      String mark = dataset.datasetId().toString();
      String own =
          twice.contains(folded(name))
              ? SafeName.distinct(name, mark.substring(mark.length() - MARK))
              : name;
      targets.put(dataset, LocalPath.of(LocalPath.text(folder) + "/" + own));
    }
    return targets;
  }

  private static Set<String> repeated(List<Dataset> datasets) {
    Set<String> seen = new HashSet<>();
    Set<String> twice = new HashSet<>();
    for (Dataset dataset : datasets) {
      String name = folded(dataset.localName());
      if (!seen.add(name)) {
        twice.add(name);
      }
    }
    return twice;
  }

  /** Some file systems take them for one. */
  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static Path path(String given) {
    if (given.isEmpty() || given.indexOf('\0') >= 0) {
      throw new UsageException("-o names a file or a folder, and this is none");
    }
    return LocalPath.of(given);
  }
}
