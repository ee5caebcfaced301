package io.waybill.agent.credential;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What this device shows of itself. While there is a new credential that has not connected yet,
 * there are two of them: the new one is tried first, and the old one counts until it was let in.
 */
public final class Credentials implements Bearer {

  private final @Nullable CredentialFile file;
  private final Retries retries;
  private String old;
  private @Nullable String fresh;
  private boolean freshIsNext;
  private boolean freshElsewhere;
  private boolean freshIsOfLastRun;
  private Shown showing = Shown.NONE;
  private Shown shown = Shown.NONE;
  private int refusals;
  private boolean wanted;
  private int version;
  private int newest;

  /** What has let us in. */
  private enum Shown {
    NONE,
    OLD,
    FRESH
  }

  /** What is to be done next. */
  enum Task {
    NOTHING,
    ASK,
    CONNECT,
    SETTLE
  }

  private Credentials(
      @Nullable CredentialFile file, String old, @Nullable String pending, LongSupplier nanos) {
    this.file = file;
    this.old = old;
    this.wanted = pending != null && pending.isEmpty();
    this.fresh = wanted ? null : pending;
    this.freshIsNext = fresh != null;
    this.freshElsewhere = fresh != null;
    this.freshIsOfLastRun = fresh != null;
    this.retries = new Retries(nanos, freshIsOfLastRun);
  }

  /** One that cannot be written anew from here. */
  public static Credentials fixed(String secret) {
    return new Credentials(null, secret, null, System::nanoTime);
  }

  /** The one of a file, which is written anew when it changes. */
  public static Credentials kept(Path path, String secret) throws IOException {
    return kept(path, secret, System::nanoTime);
  }

  static Credentials kept(Path path, String secret, LongSupplier nanos) throws IOException {
    CredentialFile file = new CredentialFile(path);
    return new Credentials(file, secret, file.pending().orElse(null), nanos);
  }

  /** All files that have one in them, now or some time. */
  public static List<Path> files(Path path) {
    return Stream.of(path, CredentialFile.nextOf(path)).toList();
  }

  /** Whoever puts another one there himself wants no next one. */
  public static void dropNext(Path path) throws IOException {
    new CredentialFile(path).drop();
  }

  Optional<CredentialFile> file() {
    return Optional.ofNullable(file);
  }

  /** What has connected, for whoever does not connect itself. */
  @Override
  public synchronized String get() {
    return fresh != null && freshElsewhere ? fresh : old;
  }

  /** Of two the other one is shown next: the old one may have ended, or the new one is none. */
  @Override
  public synchronized void refused(String shownThere) {
    freshElsewhere = fresh != null && !fresh.equals(shownThere);
    if (!freshElsewhere && !provisionedAnew() && fresh == null && file != null) {
      fresh = file.pendingBeside(shownThere);
      freshElsewhere = fresh != null;
    }
  }

  /** What the next connection to the broker shows. */
  public synchronized String forConnection() {
    String candidate = fresh;
    shown = Shown.NONE;
    if (candidate != null && freshIsNext) {
      showing = Shown.FRESH;
      return candidate;
    }
    showing = Shown.OLD;
    return old;
  }

  /** That connection was let in. */
  public synchronized void letIn() {
    shown = showing;
    refusals = 0;
    if (shown == Shown.FRESH) {
      freshElsewhere = true;
    } else {
      retries.oldIsIn();
    }
    notifyAll();
  }

  /**
   * That connection was refused for who we are.
   *
   * @return whether there is another one, which was not refused since
   */
  public synchronized boolean refused() {
    if (fresh == null) {
      return provisionedAnew();
    }
    if (showing == Shown.FRESH) {
      retries.refused();
      freshElsewhere = false;
    }
    freshIsNext = showing == Shown.OLD;
    refusals++;
    return refusals % 2 == 1 || provisionedAnew();
  }

  /** Somebody may have given this machine another one meanwhile. */
  private boolean provisionedAnew() {
    if (file == null) {
      return false;
    }
    try {
      String now = file.secret();
      boolean isAnother = !now.isEmpty() && !now.equals(old);
      old = isAnother ? now : old;
      if (isAnother && file.pending().isEmpty()) {
        fresh = null; // it was taken away with the old one
      }
      return isAnother;
    } catch (IOException e) {
      return false; // there is none to be had: the old one is tried on
    }
  }

  /** What the server told this device of itself. */
  public void heard(byte[] event) {
    Notice told = Notice.ofRotation(event);
    if (told != null) {
      heard(told.version());
    }
  }

  private synchronized void heard(@Nullable Integer of) {
    newest = of == null ? version + 1 : Math.max(newest, of);
    if (freshIsOfLastRun && version == 0) {
      version = newest; // of the one that we have, or that one has ended and will be refused
    }
    notifyAll();
  }

  /** Waits until there is something to do, or for so long. */
  synchronized Task await(Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    for (long left = atMost.toMillis();
        left > 0 && task() == Task.NOTHING;
        left = (end - System.nanoTime()) / 1_000_000) {
      long rest = fresh != null && shown == Shown.OLD ? retries.leftMillis() : left;
      wait(Math.clamp(rest, 1, left));
    }
    return task();
  }

  private Task task() {
    if (fresh != null) {
      return switch (shown) {
        case FRESH -> Task.SETTLE;
        case OLD -> taskWithOld();
        case NONE -> Task.NOTHING;
      };
    }
    // Our own rotation is told, too: what we have is no reason for another one.
    return wanted || newest > version ? Task.ASK : Task.NOTHING;
  }

  private Task taskWithOld() {
    if (retries.areEnough() || newest > version) {
      return Task.ASK;
    }
    return retries.leftMillis() == 0 ? Task.CONNECT : Task.NOTHING;
  }

  /** There is a new one, on the disk already. */
  synchronized void offer(String secret, int ofVersion) {
    fresh = secret;
    shown = Shown.NONE;
    version = ofVersion;
    wanted = false;
    freshIsNext = true;
    freshElsewhere = false;
    freshIsOfLastRun = false;
    retries.begin();
  }

  /** What is connected now does not count any more: the new one is shown. */
  synchronized void reconnecting() {
    shown = Shown.NONE;
    freshIsNext = true;
  }

  /** The new one is the only one. */
  synchronized void settle() {
    String candidate = fresh;
    if (candidate != null) {
      old = candidate;
      fresh = null;
    }
  }

  /** None will come. */
  synchronized void giveUp() {
    wanted = false;
    fresh = null;
    version = newest;
  }

  /** Never the values. */
  @Override
  public String toString() {
    return "Credentials";
  }
}
