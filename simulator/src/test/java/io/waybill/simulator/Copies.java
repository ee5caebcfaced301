package io.waybill.simulator;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Loads what is ours anew, and first from where somebody has put another version of it. */
class Copies extends URLClassLoader {

  Copies(Path... first) throws IOException {
    super(places(first), Copies.class.getClassLoader());
  }

  private static URL[] places(Path... first) throws IOException {
    List<URL> places = new ArrayList<>();
    for (Path place : first) {
      places.add(place.toUri().toURL());
    }
    for (String place : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      places.add(Path.of(place).toUri().toURL());
    }
    return places.toArray(URL[]::new);
  }

  /** Lives so many lives in the copies; the first that breaks, or 0. */
  final int live(int lives, Way way) throws ReflectiveOperationException {
    Class<?> copy = loadClass(LivesUntilBroken.class.getName());
    return (int) copy.getMethod("of", int.class, String.class).invoke(null, lives, way.name());
  }

  /** What becomes of a class of ours before it is defined. */
  byte[] changed(String name, byte[] bytes) throws IOException {
    return bytes;
  }

  /** The bytes of a class as they are found. */
  final byte[] bytesOf(String name) throws IOException {
    try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new IOException("no such class: " + name);
      }
      return in.readAllBytes();
    }
  }

  @Override
  public URL getResource(String name) {
    URL ours = findResource(name);
    return ours != null ? ours : super.getResource(name);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith("io.waybill.")) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      return known != null ? known : defined(name);
    }
  }

  private Class<?> defined(String name) throws ClassNotFoundException {
    try {
      byte[] bytes = changed(name, bytesOf(name));
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException missing) {
      throw new ClassNotFoundException(name, missing);
    }
  }
}
