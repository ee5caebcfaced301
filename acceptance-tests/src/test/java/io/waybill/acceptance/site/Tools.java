package io.waybill.acceptance.site;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Programs of the machine that some tests need: CI has them all, a laptop perhaps not. */
public final class Tools {
  private Tools() {}

  /** Why a test cannot run here; empty when it can. */
  public static String missing(String... programs) {
    return Stream.of(programs)
        .filter(program -> !isInstalled(program))
        .map(program -> program + " is not installed")
        .findFirst()
        .orElse("");
  }

  private static boolean isInstalled(String program) {
    String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin";
    return Stream.of(path.split(":"))
        .filter(folder -> !folder.isEmpty())
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
