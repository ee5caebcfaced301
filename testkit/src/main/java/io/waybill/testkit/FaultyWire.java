package io.waybill.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TCP wire on loopback, from whoever dials it to a port, which a test cuts or holds, and mends.
 */
public final class FaultyWire implements AutoCloseable {
  private enum State {
    WHOLE,
    /** What is said arrives later; nobody is told that it does not. */
    HELD,
    /** Every connection has ended, and none begins. */
    CUT
  }

  private final ServerSocket door;
  private final int target;
  private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
  private State state = State.WHOLE; // guarded by this

  private FaultyWire(ServerSocket door, int target) {
    this.door = door;
    this.target = target;
  }

  /** One to this port of 127.0.0.1, whole, at a port of its own. */
  public static FaultyWire to(int target) {
    try {
      FaultyWire wire =
          new FaultyWire(new ServerSocket(0, 256, InetAddress.getLoopbackAddress()), target);
      Thread.ofVirtual().start(wire::accept);
      return wire;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it is dialled on 127.0.0.1. */
  public int port() {
    return door.getLocalPort();
  }

  /** Both ends hear at once that their connection is over; who dials is hung up on. */
  public void cut() {
    become(State.CUT);
    ends.forEach(FaultyWire::end);
  }

  /**
   * As when a cable is pulled: connections stand, and nothing comes over them until it is mended.
   */
  public void hold() {
    become(State.HELD);
  }

  /** What was held arrives now. */
  public void mend() {
    become(State.WHOLE);
  }

  private synchronized void become(State next) {
    state = next;
    notifyAll();
  }

  private void accept() {
    try {
      while (true) {
        Socket near = door.accept();
        Thread.ofVirtual().start(() -> connect(near));
      }
    } catch (IOException closed) {
      // nobody comes in any more
    }
  }

  private void connect(Socket near) {
    try {
      ends.add(near);
      if (!isPassable()) {
        end(near);
        return;
      }
      Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
      ends.add(far);
      Thread.ofVirtual().start(() -> carry(near, far));
      Thread.ofVirtual().start(() -> carry(far, near));
    } catch (IOException nobodyThere) {
      end(near);
    }
  }

  private void carry(Socket from, Socket to) {
    byte[] bytes = new byte[1 << 14];
    try {
      InputStream in = from.getInputStream();
      for (int count = in.read(bytes); count >= 0 && isPassable(); count = in.read(bytes)) {
        to.getOutputStream().write(bytes, 0, count);
      }
    } catch (IOException gone) {
      // the other direction ends, too
    } finally {
      end(from);
      end(to);
      ends.remove(from);
      ends.remove(to);
    }
  }

  /** Waits while it is held; false when it is cut. */
  private synchronized boolean isPassable() {
    while (state == State.HELD) {
      try {
        wait();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    return state == State.WHOLE;
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Cuts it for good. */
  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cut();
  }
}
