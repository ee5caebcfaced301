package io.waybill.acceptance.site;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The files of this checkout that are no classes: pages, scripts, seeds. */
public final class Checkout {
  /** The folder of the top-level pom.xml; Maven runs a module's tests in the module's folder. */
  public static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** A real recording of a few MB. */
  public static final Path RECORDING = ROOT.resolve("seeds/robot-run-42.mcap");

  private Checkout() {}

  /** The jars that a program of this module runs with, as the launcher takes them. */
  public static String classPath(String module) {
    Path target = ROOT.resolve(module).resolve("target");
    try (Stream<Path> files = Files.list(target)) {
      Path jar =
          files
              .filter(file -> file.getFileName().toString().matches(module + "-.*\\.jar"))
              .findAny()
              .orElseThrow();
      return jar + File.pathSeparator + Files.readString(target.resolve("classpath"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
