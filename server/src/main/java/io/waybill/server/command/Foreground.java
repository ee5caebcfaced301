package io.waybill.server.command;

import java.util.concurrent.CompletableFuture;

/** Something that runs until the process is told to stop, or until it can never work again. */
public final class Foreground {
  private final CompletableFuture<String> ended;

  private Foreground(CompletableFuture<String> ended) {
    this.ended = ended;
  }

  /** Ctrl-C and SIGTERM close it before the process ends. */
  public static Foreground of(String what, AutoCloseable running, CompletableFuture<String> ended) {
    Thread close =
        new Thread(
            () -> {
              System.err.println("stopping " + what + " ...");
              try {
                running.close();
                System.err.println("stopped");
              } catch (Exception e) {
                System.err.println("waybill: " + e.getMessage());
              }
            },
            "stop");
    Runtime.getRuntime().addShutdownHook(close);
    return new Foreground(ended);
  }

  /** Returns only when it has ended by itself. */
  public int await() {
    String reason = ended.join();
    System.err.println("waybill: " + reason);
    return 1;
  }
}
