package io.waybill.agent.socket;

import io.waybill.agent.local.Round;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/** The daemon's end: a socket in the state directory that its user alone may use. */
public final class DaemonSocket implements AutoCloseable {

  private static final int AT_ONCE = 16;

  /** When nobody can be let in, for want of open files, say. */
  private static final long REST_MILLIS = 1_000;

  private final Path path;
  private final ServerSocketChannel door;
  private final Semaphore places = new Semaphore(AT_ONCE);
  private final Function<DaemonRequest, DaemonReply> answers;

  private DaemonSocket(
      Path path, ServerSocketChannel door, Function<DaemonRequest, DaemonReply> answers) {
    this.path = path;
    this.door = door;
    this.answers = answers;
  }

  /**
   * Opens the door. What a daemon that was killed has left is replaced.
   *
   * @param answers called on threads of its own
   */
  public static DaemonSocket open(Path state, Function<DaemonRequest, DaemonReply> answers)
      throws IOException {
    Path path = Line.socketOf(state);
    if (!Line.fits(path)) {
      throw new IOException("its path is too long for a socket");
    }
    // Nobody may reach it before its rights are right: it is made where only we may look.
    Path nursery = state.resolve(".sock");
    Path fresh = nursery.resolve("s");
    Files.createDirectories(
        nursery,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.deleteIfExists(fresh);
    ServerSocketChannel door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    door.bind(UnixDomainSocketAddress.of(fresh));
    Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
    Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Files.deleteIfExists(nursery);
    return behind(path, door, answers);
  }

  static DaemonSocket behind(
      Path path, ServerSocketChannel door, Function<DaemonRequest, DaemonReply> answers) {
    DaemonSocket socket = new DaemonSocket(path, door, answers);
    var _ = Thread.ofPlatform().daemon().name("socket").start(socket::accept);
    return socket;
  }

  private void accept() {
    boolean isInTrouble = false;
    try {
      while (door.isOpen()) {
        try {
          begin(door.accept());
          isInTrouble = false;
        } catch (IOException e) { // closed, or out of something that will be there again
          if (door.isOpen() && !isInTrouble) {
            Round.tell(new UncheckedIOException("nobody can be let in at " + path, e));
          }
          isInTrouble = true;
          rest();
        } catch (RuntimeException bug) {
          Round.tell(bug);
          rest();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void begin(SocketChannel client) throws IOException, InterruptedException {
    places.acquire();
    try {
      var _ = Thread.ofVirtual().start(() -> serve(client));
    } catch (RuntimeException | Error e) {
      places.release();
      client.close();
      throw e;
    }
  }

  private void rest() throws InterruptedException {
    if (door.isOpen()) {
      Thread.sleep(REST_MILLIS);
    }
  }

  private void serve(SocketChannel client) {
    try (client) {
      Line.write(client, answers.apply(Line.read(client, DaemonRequest.class)));
    } catch (IOException e) {
      // whoever asked has gone, or has said nothing of ours
    } finally {
      places.release();
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    Files.deleteIfExists(path);
  }
}
