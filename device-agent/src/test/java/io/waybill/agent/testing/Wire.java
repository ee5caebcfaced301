package io.waybill.agent.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A line to somebody on loopback, which is slow, loses what it carries, or is down, as it is told.
 */
public final class Wire implements AutoCloseable {

  private static final int PIECE = 16 * 1024;
  private static final long LOOKING_NANOS = 2_000_000;

  private final ServerSocket door;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong pieces = new AtomicLong();
  private volatile long delayNanos;
  private volatile int lossEvery;
  private volatile boolean isDown;

  private Wire(ServerSocket door, int target) {
    this.door = door;
    this.target = target;
  }

  /**
   * From this address and port.
   *
   * @param port 0 for any
   */
  public static Wire from(String address, int port, int target) throws IOException {
    Wire wire = new Wire(new ServerSocket(port, 64, InetAddress.getByName(address)), target);
    var _ = Thread.ofVirtual().start(wire::accept);
    return wire;
  }

  public int port() {
    return door.getLocalPort();
  }

  /**
   * Slow, and losing.
   *
   * @param oneWayMillis how long each piece is under way
   * @param lost one piece in so many is sent again, which takes TCP another round trip; 0 for none
   */
  public void slow(long oneWayMillis, int lost) {
    delayNanos = oneWayMillis * 1_000_000;
    lossEvery = lost;
  }

  /** While it is down, it takes whatever comes, and nothing comes out at its other end. */
  public void down(boolean down) {
    isDown = down;
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket near = door.accept();
        open.add(near);
        var _ = Thread.ofVirtual().start(() -> connect(near));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void connect(Socket near) {
    try {
      Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
      open.add(far);
      var _ = Thread.ofVirtual().start(() -> carry(far, near));
      carry(near, far);
    } catch (IOException e) {
      end(near);
    }
  }

  private void carry(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] piece = new byte[PIECE];
      for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
        travel();
        out.write(piece, 0, length);
      }
    } catch (IOException e) {
      // one of the two has gone
    } finally {
      end(from);
      end(to);
    }
  }

  private void travel() {
    boolean isLost = lossEvery > 0 && pieces.incrementAndGet() % lossEvery == 0;
    LockSupport.parkNanos(isLost ? 3 * delayNanos : delayNanos);
    while (isDown && !door.isClosed()) {
      LockSupport.parkNanos(LOOKING_NANOS);
    }
  }

  private void end(Socket socket) {
    open.remove(socket);
    try {
      socket.close();
    } catch (IOException e) {
      // it is closed
    }
  }

  /** Whoever is connected is cut off, and nobody is there any more. */
  @Override
  public void close() throws IOException {
    door.close();
    open.forEach(this::end);
  }
}
