package io.waybill.agent.local;

import java.util.Optional;

/** What we are called here. */
public final class Program {

  /** {@code ./waybill agent} where the launcher started us, and so says what to type next. */
  public static final String NAME =
      Optional.ofNullable(System.getenv("WAYBILL_AGENT_COMMAND"))
          .map(Shown::line)
          .filter(name -> !name.isBlank())
          .orElse("waybill-agent");

  /** Of this build. */
  public static final String VERSION = "0.1.0";

  private Program() {}
}
