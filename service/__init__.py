"""USE CASES: one public function a file; owns every write transaction, never holds one while the carrier is called."""
