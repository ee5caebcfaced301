package io.waybill.core.project;

/** The stores that projects touch. */
public interface ProjectStores {

  ProjectStore projects();

  PolicyStore policies();
}
