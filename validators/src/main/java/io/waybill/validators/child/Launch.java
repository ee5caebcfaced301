package io.waybill.validators.child;

import io.waybill.core.validation.FileInspector;
import io.waybill.validators.reading.InspectionLimits;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * How a reader process is started: by the Java that we run on, with the few jars that it needs, and
 * with an empty environment, so that it is given no credential.
 *
 * @param main its class, which serves
 * @param classPath folders and jars
 */
public record Launch(String main, List<String> classPath) {

  public Launch {
    classPath = List.copyOf(classPath);
  }

  /** All readers of ours, from wherever this class was loaded. */
  public static Launch ours() {
    return of(ReaderProcess.class, FileInspector.class);
  }

  /**
   * Another program of readers.
   *
   * @param main the class to start
   * @param needed a class of each other jar that it needs
   */
  public static Launch of(Class<?> main, Class<?>... needed) {
    Set<String> places = new LinkedHashSet<>();
    places.add(place(main));
    for (Class<?> type : needed) {
      places.add(place(type));
    }
    return new Launch(main.getName(), List.copyOf(places));
  }

  private static String place(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      throw new IllegalStateException("nobody knows which jar has " + type.getName());
    }
    try {
      return Path.of(source.getLocation().toURI()).toAbsolutePath().toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  Process start(InspectionLimits limits) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + limits.heapMegabytes() + "m");
    command.addAll(
        List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Xss512k"));
    command.addAll(
        List.of(
            "-XX:MaxMetaspaceSize=32m",
            "-XX:MaxDirectMemorySize=8m",
            "-XX:-CreateCoredumpOnCrash"));
    command.addAll(
        List.of("-XX:+ExitOnOutOfMemoryError", "-XX:+DisplayVMOutputToStderr", "-Xlog:disable"));
    command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath), main));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().put("MALLOC_ARENA_MAX", "2");
    return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }
}
