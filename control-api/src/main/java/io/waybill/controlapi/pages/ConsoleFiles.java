package io.waybill.controlapi.pages;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * The console's files as they lie in this module, and those of its libraries, by the path that
 * browsers ask for. There are no others, so no path leads out of them.
 */
final class ConsoleFiles {

  private static final String FOLDER = "/console";

  /** Whose versions stand in the build, too: a process whose build has others does not start. */
  private static final Map<String, String> LIBRARIES =
      Map.of(
          "lib/preact.js",
          "/META-INF/resources/webjars/preact/10.26.4/dist/preact.module.js",
          "lib/preact-hooks.js",
          "/META-INF/resources/webjars/preact/10.26.4/hooks/dist/hooks.module.js",
          "lib/htm.js",
          "/META-INF/resources/_static/htm/3.1.1/dist/htm.module.js");

  private ConsoleFiles() {}

  /** Every file, whole. */
  static Map<String, byte[]> all() {
    try {
      Map<String, byte[]> files = new TreeMap<>(ours());
      for (Map.Entry<String, String> library : LIBRARIES.entrySet()) {
        files.put(library.getKey(), library(library.getValue()));
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] library(String resource) throws IOException {
    try (InputStream in = ConsoleFiles.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("a library of the console is missing: " + resource);
      }
      return in.readAllBytes();
    }
  }

  private static Map<String, byte[]> ours() throws IOException {
    URL index = ConsoleFiles.class.getResource(FOLDER + "/index.html");
    if (index == null) {
      throw new IllegalStateException("the build packs the console into this module");
    }
    URLConnection connection = index.openConnection();
    if (connection instanceof JarURLConnection jar) {
      // A runtime that is cut to what is used has no file system for jars.
      try (JarFile packed = new JarFile(path(jar.getJarFileURL()).toFile())) {
        return packed(packed);
      }
    }
    return below(path(index).resolveSibling(""));
  }

  private static Map<String, byte[]> packed(JarFile jar) throws IOException {
    String folder = FOLDER.substring(1) + "/";
    Map<String, byte[]> files = new TreeMap<>();
    for (JarEntry entry : Collections.list(jar.entries())) {
      if (entry.getName().startsWith(folder) && !entry.isDirectory()) {
        try (InputStream in = jar.getInputStream(entry)) {
          files.put(entry.getName().substring(folder.length()), in.readAllBytes());
        }
      }
    }
    return files;
  }

  private static Map<String, byte[]> below(Path folder) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path file : tree.filter(Files::isRegularFile).toList()) {
        files.put(folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
      }
    }
    return files;
  }

  private static Path path(URL url) {
    try {
      URI uri = url.toURI();
      return Path.of(uri);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the class path is no list of files", e);
    }
  }
}
