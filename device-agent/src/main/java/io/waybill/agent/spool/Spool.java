package io.waybill.agent.spool;

import io.waybill.agent.local.Directories;
import io.waybill.agent.local.DiskTrouble;
import io.waybill.agent.local.LocalPath;
import io.waybill.agent.local.Shown;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * The state directory. A manifest on disk is always a whole one: it is written beside, forced to
 * disk, renamed over the old one, and the directory is forced too. What is found torn or foreign is
 * set aside with its reason, never deleted, never overwritten, and never stops the others.
 */
public final class Spool {

  private static final String SUFFIX = ".json";

  /** Finished uploads kept for {@code status}; older ones are forgotten. */
  private static final int FINISHED_KEPT = 50;

  private final Path directory;
  private final Path uploads;
  private final SetAside aside;
  private final BiConsumer<Path, String> onSetAside;
  private final Set<Path> lockedHere = ConcurrentHashMap.newKeySet();
  private final ManifestCodec codec = new ManifestCodec();
  private volatile boolean leftInPlace;

  private Spool(Path directory, BiConsumer<Path, String> onSetAside) {
    this.directory = directory;
    this.uploads = directory.resolve("uploads");
    this.aside = new SetAside(directory.resolve("set-aside"));
    this.onSetAside = onSetAside;
  }

  /**
   * Opens the state directory, and makes it when it is not there.
   *
   * @param onSetAside told where each manifest is that cannot be used, and why
   */
  public static Spool open(Path directory, BiConsumer<Path, String> onSetAside) throws IOException {
    Spool spool = new Spool(directory, onSetAside);
    var mine = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    Directories.make(spool.uploads, mine);
    Directories.make(spool.aside.directory(), mine);
    return spool;
  }

  public Path directory() {
    return directory;
  }

  /** Where it is, as people may see it. */
  public String shown() {
    return Shown.line(LocalPath.text(directory));
  }

  public Path pathOf(String uploadId) {
    return uploads.resolve(uploadId + SUFFIX);
  }

  /** The sums of the parts of one session, as this upload has sent them until now. */
  public PartSums sums(String uploadId, String sessionId, int partCount) {
    return PartSums.read(sumsOf(uploadId), sessionId, partCount);
  }

  /** After this returns, power may fail: the manifest is there, and the sums of parts are. */
  public void save(Manifest manifest) throws IOException {
    if (Files.exists(sumsOf(manifest.uploadId()))) {
      try (FileChannel sums =
          FileChannel.open(sumsOf(manifest.uploadId()), StandardOpenOption.WRITE)) {
        sums.force(false);
      }
    }
    Durable.replace(
        pathOf(manifest.uploadId()),
        uploads.resolve("." + manifest.uploadId() + ".tmp"),
        out -> codec.write(manifest, out));
  }

  /** Every readable manifest, oldest first. */
  public List<Manifest> all() throws IOException {
    List<Path> files;
    try (Stream<Path> entries = Files.list(uploads)) {
      files = entries.filter(Spool::isManifest).sorted().toList();
    }
    List<Manifest> manifests = new ArrayList<>();
    for (Path file : files) {
      readable(file).ifPresent(manifests::add);
    }
    manifests.sort(Comparator.comparing(Manifest::createdAt));
    return manifests;
  }

  /** The uploads that there are, without reading them. */
  public List<String> ids() throws IOException {
    try (Stream<Path> entries = Files.list(uploads)) {
      return entries
          .filter(Spool::isManifest)
          .map(file -> file.getFileName().toString())
          .map(name -> name.substring(0, name.length() - SUFFIX.length()))
          .toList();
    }
  }

  public List<Manifest> unfinished() throws IOException {
    return all().stream().filter(manifest -> !manifest.finished()).toList();
  }

  /** The manifest as it is on disk now; empty when it is gone or had to be set aside. */
  public Optional<Manifest> read(String uploadId) throws IOException {
    return read(pathOf(uploadId));
  }

  /** Takes an upload for this process; empty when another one works on it. */
  public Optional<SpoolLock> lock(String uploadId) throws IOException {
    return SpoolLock.tryLock(uploads.resolve(uploadId + ".lock"), lockedHere);
  }

  /** Takes the whole directory, for a daemon; empty when another one has it. */
  public Optional<SpoolLock> lockForDaemon() throws IOException {
    return SpoolLock.tryLock(directory.resolve("daemon.lock"), lockedHere);
  }

  /** Asks whoever works on an upload, here or in another process, to start no further part. */
  public void hold(String uploadId) throws IOException {
    Files.writeString(holdOf(uploadId), "");
  }

  public void release(String uploadId) throws IOException {
    Files.deleteIfExists(holdOf(uploadId));
  }

  public boolean held(String uploadId) {
    return Files.exists(holdOf(uploadId));
  }

  /** Whether some manifest could not be read, and may be another time. */
  public boolean leftInPlace() {
    return leftInPlace;
  }

  /** Forgets an upload that nobody but this machine knows of. */
  public void forget(String uploadId) throws IOException {
    Files.deleteIfExists(pathOf(uploadId));
    Files.deleteIfExists(uploads.resolve(uploadId + ".lock"));
    Files.deleteIfExists(sumsOf(uploadId));
    release(uploadId);
  }

  /** Manifests that could not be used, now or earlier; each has its reason beside it. */
  public List<Path> setAside() throws IOException {
    return aside.all();
  }

  /** Forgets manifests that cannot be used; answers how many. */
  public int forgetSetAside() throws IOException {
    return aside.forget();
  }

  /** Keeps the list short: only the newest finished uploads that were asked for by hand stay. */
  public void forgetOldFinished() throws IOException {
    List<Manifest> finished =
        all().stream().filter(m -> m.finished() && m.watched() == null).toList();
    for (Manifest old : finished.subList(0, Math.max(0, finished.size() - FINISHED_KEPT))) {
      forget(old.uploadId());
    }
  }

  /** A file that cannot be read now stays where it is, and does not stop the others. */
  private Optional<Manifest> readable(Path file) {
    try {
      return read(file);
    } catch (IOException e) {
      leftInPlace = true;
      onSetAside.accept(file, "left in its place, it cannot be read now: " + DiskTrouble.words(e));
      return Optional.empty();
    }
  }

  private Optional<Manifest> read(Path file) throws IOException {
    try {
      return switch (codec.read(file)) {
        case ManifestCodec.Found.Whole(Manifest manifest)
            when file.equals(pathOf(manifest.uploadId())) ->
            Optional.of(manifest);
        case ManifestCodec.Found.Whole(Manifest manifest) ->
            setAside(file, "it is the manifest of " + manifest.uploadId());
        case ManifestCodec.Found.Unreadable(String reason) -> setAside(file, reason);
      };
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private Optional<Manifest> setAside(Path file, String reason) throws IOException {
    Path target = aside.take(file, reason);
    Directories.force(uploads);
    onSetAside.accept(target, reason);
    return Optional.empty();
  }

  private Path sumsOf(String uploadId) {
    return uploads.resolve(uploadId + ".sums");
  }

  private Path holdOf(String uploadId) {
    return uploads.resolve(uploadId + ".hold");
  }

  private static boolean isManifest(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(SUFFIX) && !name.startsWith(".");
  }
}
