variable "release_dir" {
  type        = string
  description = "Folder of the release's zips (`npm run release`)."
  default     = "../../../.penstock/release/functions"
}

variable "endpoint" {
  type        = string
  description = "Where the emulator answers."
  default     = "http://127.0.0.1:4566"
}

variable "release" {
  type        = string
  description = "Id of the release."
  default     = "emulated"
}
