package io.waybill.allinone.fleet;

import io.waybill.agent.Main;
import java.io.IOException;

/** The agent, in a process that ends when the one that started it does, however that ends. */
final class AgentProcess {
  private AgentProcess() {}

  /** The arguments are the agent's. */
  public static void main(String[] args) {
    Thread.ofVirtual().start(AgentProcess::endWithParent);
    Main.main(args);
  }

  /** Nobody ever writes to stdin; its end is that of whoever holds the other side. */
  private static void endWithParent() {
    try {
      System.in.transferTo(java.io.OutputStream.nullOutputStream());
    } catch (IOException e) {
      // It is gone all the same.
    }
    Runtime.getRuntime().halt(1);
  }
}
