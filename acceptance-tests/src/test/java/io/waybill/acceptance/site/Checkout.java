package io.waybill.acceptance.site;

import java.nio.file.Path;

/** The files of this checkout that are no classes: pages, scripts, seeds. */
public final class Checkout {
  /** The folder of the top-level pom.xml; Maven runs a module's tests in the module's folder. */
  public static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** A real recording of a few MB. */
  public static final Path RECORDING = ROOT.resolve("seeds/robot-run-42.mcap");

  private Checkout() {}
}
