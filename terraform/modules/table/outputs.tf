output "arn" {
  value = local.table.arn
}

output "stream_arn" {
  value = local.table.stream_arn
}
